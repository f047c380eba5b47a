"""`/metrics`: what web processes count and what the database knows of jobs and files, for Prometheus."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from rest_framework import exceptions
from rest_framework.permissions import BasePermission
from rest_framework.response import Response

from monitor.accounts.models import User
from monitor.api.resources import PlainText, Resource
from monitor.jobs.measures import measures

if TYPE_CHECKING:
    from collections.abc import Iterator

    from prometheus_client.core import GaugeMetricFamily
    from rest_framework.request import Request
    from rest_framework.views import APIView


class Administrators(BasePermission):
    """People who run the site, and tokens of theirs."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        return isinstance(request.user, User) and request.user.is_admin


class FromDatabase:
    """What is asked of the database at the moment of asking."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        from prometheus_client.core import GaugeMetricFamily  # noqa: PLC0415 - only where METRICS is on

        for measure in measures():
            family = GaugeMetricFamily(measure.name, measure.says, labels=measure.labels)
            for labels, value in measure.values:
                family.add_metric(labels, value)
            yield family


class Metrics(Resource):
    """Nothing of it is there unless METRICS is on."""

    permission_classes = [Administrators]
    renderer_classes = [PlainText]

    def find(self, **place: Any) -> None:
        if not settings.METRICS:
            raise exceptions.NotFound

    def get(self, request: Request) -> Response:
        """Return all in Prometheus's text format; 404 while METRICS is off."""
        from monitor.metering import all_processes, generate_latest  # noqa: PLC0415 - only where METRICS is on

        registry = all_processes()
        registry.register(FromDatabase())
        return Response(generate_latest(registry).decode())
