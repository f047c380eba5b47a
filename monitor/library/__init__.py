"""What was published: periodicals, issues, articles, their notes and the sources they cite."""
