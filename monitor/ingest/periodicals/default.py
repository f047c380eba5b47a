"""The profile that reads periodicals nobody has described yet."""

from monitor.ingest.periodicals.profile import Profile, Section

PROFILE = Profile(
    name="",
    sections=(
        Section("Briefs", "brief"),
        Section("In Brief", "brief"),
        Section("News in Brief", "brief"),
        Section("News Briefs", "brief"),
        Section("Short Notes", "brief"),
    ),
)
