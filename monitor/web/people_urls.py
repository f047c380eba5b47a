"""Addresses of people and teams."""

from __future__ import annotations

from django.urls import path

from monitor.web.views import invitations, people, record, teams

urlpatterns = [
    path("people/", people.people, name="people"),
    path("people/record/", record.record, name="record"),
    path("people/invitations/", invitations.invite_somebody, name="invite"),
    path("people/invitations/<int:pk>/withdraw/", invitations.withdraw, name="withdraw_invitation"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/<int:pk>/role/", people.set_role, name="set_role"),
    path("people/<int:pk>/disable/", people.disable, name="disable_person"),
    path("people/<int:pk>/enable/", people.enable, name="enable_person"),
    path("teams/", teams.teams, name="teams"),
    path("teams/<int:pk>/", teams.team, name="team"),
    path("teams/<int:pk>/rename/", teams.rename, name="rename_team"),
    path("teams/<int:pk>/leave/", teams.leave, name="leave_team"),
    path("teams/<int:pk>/members/", teams.add, name="add_member"),
    path("teams/<int:pk>/members/<int:user_pk>/remove/", teams.remove, name="remove_member"),
    path("teams/<int:pk>/members/<int:user_pk>/admin/", teams.set_admin, name="set_team_admin"),
]
