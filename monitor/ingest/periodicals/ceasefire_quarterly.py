"""Ceasefire Quarterly, the sample periodical of this project: four issues a year, volume I is 2016."""

from monitor.ingest.periodicals.profile import Profile, Section

PROFILE = Profile(
    name="Ceasefire Quarterly",
    tagline="How armed conflicts end, and what comes after",
    sections=(Section("Briefs", "brief"),),
    first_year=2016,
    every_days=91,
)
