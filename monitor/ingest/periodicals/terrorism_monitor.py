"""Terrorism Monitor: fortnightly; volume XX is 2022; two signed briefs stand under one entry of the contents."""

from monitor.ingest.periodicals.profile import Profile, Section

PROFILE = Profile(
    name="Terrorism Monitor",
    tagline="In-depth analysis of the War on Terror",
    sections=(Section("Briefs", "brief"), Section("Brief", "brief")),
    first_year=2003,
    every_days=14,
)
