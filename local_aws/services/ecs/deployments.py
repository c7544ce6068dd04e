# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The deployment machine: tasks that run, stages, the weights of the production rule, and the way back.

A deployment is a list of steps. Each lasts ``transition_polls`` describes of the service or of the deployment, all of
them together ``transition_seconds``; without these knobs everything has happened when the call answers. A native
blue/green deployment (also LINEAR, CANARY) starts its tasks in the other target group, moves the weights of the
production rule to it, and takes the old tasks away:
https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-blue-green.html. The first one goes to the
alternate group, too. An alarm that is in ALARM already when the deployment starts is not watched:
https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-alarm-failure.html
"""

from __future__ import annotations

import copy
import time
import uuid
from datetime import UTC, datetime
from typing import Any

from local_aws.services.ecs import revisions, tasks

UNDER_WAY = frozenset({"PENDING", "IN_PROGRESS", "STOP_REQUESTED", "ROLLBACK_REQUESTED", "ROLLBACK_IN_PROGRESS"})
_SHIFTING = frozenset({"BLUE_GREEN", "LINEAR", "CANARY"})
_SHIFT, _ROLL, _BACK = "PRODUCTION_TRAFFIC_SHIFT", "ROLL", "BACK"
# Steps that are no lifecycle stage of a deployment.
_INNER = frozenset({_ROLL, _BACK})


def start(call: Any, service: dict[str, Any], before: dict[str, Any] | None) -> None:
    """A new deployment to what the service says now. before: what it said, which a rollback brings back."""
    running = _run_of(call, service)
    if running is not None:
        _end(call, service, running, "STOPPED", "Superseded by a newer deployment.")
        _give_up(call, service, running)
    number = uuid.uuid4().hex[:20]
    cluster = service["clusterArn"].rpartition("/")[2]
    arn = f"{service['clusterArn'].rpartition(':')[0]}:service-deployment/{cluster}/{service['serviceName']}/{number}"
    source = list(service.get("currentServiceRevisions", []))
    revision = revisions.make(call, service)
    configuration = service["deploymentConfiguration"]
    alarms = configuration["alarms"]
    watched = bool(alarms["enable"]) and not _in_alarm(call, alarms["alarmNames"])
    now = datetime.now(UTC)
    call.state("deployments")[arn] = {
        "serviceDeploymentArn": arn,
        "serviceArn": service["serviceArn"],
        "clusterArn": service["clusterArn"],
        "createdAt": now,
        "startedAt": now,
        "updatedAt": now,
        "sourceServiceRevisions": [{**one} for one in source],
        "targetServiceRevision": {
            "arn": revision,
            "requestedTaskCount": service["desiredCount"],
            "runningTaskCount": 0,
            "pendingTaskCount": service["desiredCount"],
        },
        "status": "IN_PROGRESS",
        "deploymentConfiguration": copy.deepcopy(configuration),
        "alarms": {
            "status": "MONITORING" if watched else "DISABLED",
            "alarmNames": list(alarms["alarmNames"]),
            "triggeredAlarmNames": [],
        },
    }
    operation = "CreateService" if before is None else "UpdateService"
    call.state("runs")[arn] = {
        "arn": arn,
        "steps": _steps(service),
        "entered": False,
        "polls": 0,
        "until": 0.0,
        "paused": "",
        "before": before,
        "source": source,
        "watched": watched,
        "failure": call.front.settings.failure(f"ecs:{operation}"),
        **_groups(service),
    }
    service["currentServiceDeployment"] = arn
    tasks.of_service(call, service)["next"] = []
    advance(call, service, counted=False)


def _groups(service: dict[str, Any]) -> dict[str, str]:
    """from: the target group that has the tasks; to: the one that gets the new ones."""
    if not service["loadBalancers"]:
        return {"from": "", "to": ""}
    balancer = service["loadBalancers"][0]
    first = balancer["targetGroupArn"]
    other = (balancer.get("advancedConfiguration") or {}).get("alternateTargetGroupArn", first)
    live = service.get("live", first)
    if live not in {first, other}:
        live = first
    if service["deploymentConfiguration"]["strategy"] not in _SHIFTING:
        return {"from": live, "to": live}
    if service.pop("sent_again", False):
        # https://github.com/hashicorp/terraform-provider-aws/issues/45678
        return {"from": live, "to": other}
    return {"from": live, "to": first if live == other else other}


def _steps(service: dict[str, Any]) -> list[tuple[str, float]]:
    """(stage, share of the traffic that the new tasks have from then on)."""
    configuration = service["deploymentConfiguration"]
    strategy = configuration["strategy"]
    if strategy not in _SHIFTING:
        return [(_ROLL, 100.0)]
    shares = [100.0]
    if strategy == "CANARY":
        shares = [configuration["canaryConfiguration"]["canaryPercent"], 100.0]
    if strategy == "LINEAR":
        step = configuration["linearConfiguration"]["stepPercent"]
        shares = [min(100.0, step * number) for number in range(1, int(-(-100 // step)) + 1)]
    up = ("RECONCILE_SERVICE", "PRE_SCALE_UP", "SCALE_UP", "POST_SCALE_UP", "TEST_TRAFFIC_SHIFT")
    stages = [(stage, 0.0) for stage in (*up, "POST_TEST_TRAFFIC_SHIFT")]
    stages += [(_SHIFT, share) for share in shares]
    return stages + [(stage, 100.0) for stage in ("POST_PRODUCTION_TRAFFIC_SHIFT", "BAKE_TIME", "CLEAN_UP")]


def advance(call: Any, service: dict[str, Any], *, counted: bool) -> None:
    """Go on as far as the time, or the number of describes, has come. counted: this is one of them."""
    run = _run_of(call, service)
    if run is None:
        _refresh(call, service)
        return
    deployment = call.state("deployments")[run["arn"]]
    while run["steps"]:
        stage, share = run["steps"][0]
        fired = _in_alarm(call, deployment["alarms"]["alarmNames"]) if run["watched"] else []
        if fired:
            deployment["alarms"] |= {"status": "TRIGGERED", "triggeredAlarmNames": fired}
            rollback = deployment["deploymentConfiguration"]["alarms"]["rollback"]
            fail(call, service, run, f"Service deployment failed: alarm {fired[0]} detected.", rollback)
            if not run["steps"]:
                return
            continue
        if not run["entered"]:
            _enter(call, service, run, deployment, stage, share)
        if run["paused"] or run["polls"] > 0 or time.monotonic() < run["until"]:
            run["polls"] -= 1 if counted and run["polls"] > 0 else 0
            _refresh(call, service)
            return
        if run["failure"] and stage in {_ROLL, "SCALE_UP"}:
            breaker = deployment["deploymentConfiguration"]["deploymentCircuitBreaker"]
            if not breaker["enable"]:
                _refresh(call, service)
                return
            fail(call, service, run, run["failure"].get("message", "tasks failed to start."), breaker["rollback"])
            if not run["steps"]:
                return
            continue
        run["steps"].pop(0)
        run["entered"] = False
    if deployment["status"] == "ROLLBACK_IN_PROGRESS":
        _rolled_back(call, service, run)
    else:
        _finish(call, service, run)


def _enter(
    call: Any, service: dict[str, Any], run: dict[str, Any], deployment: dict[str, Any], stage: str, share: float
) -> None:
    settings = call.front.settings
    run["entered"] = True
    run["polls"] = settings.transition_polls
    # A step begins when the one before ends, whenever that is looked at.
    run["until"] = (run["until"] or time.monotonic()) + settings.transition_seconds / len(_steps(service))
    if stage not in _INNER:
        deployment["lifecycleStage"] = stage
    deployment["updatedAt"] = datetime.now(UTC)
    held = tasks.of_service(call, service)
    if stage == "SCALE_UP" and not run["failure"]:
        held["next"] = tasks.launch(call, service, service["desiredCount"], run["to"])
    elif stage == _SHIFT:
        _weigh(call, service, "productionListenerRule", run, share)
    elif stage == "TEST_TRAFFIC_SHIFT":
        _weigh(call, service, "testListenerRule", run, 100.0)
    elif stage == "CLEAN_UP":
        tasks.stop(call, service, held["live"], run["from"])
        held["live"], held["next"] = held["next"], []
    for number, hook in enumerate(deployment["deploymentConfiguration"].get("lifecycleHooks") or ()):
        if hook.get("targetType") == "PAUSE" and stage in hook.get("lifecycleStages", ()):
            run["paused"] = f"hook-{number}-{stage}"
    _refresh(call, service)


def _finish(call: Any, service: dict[str, Any], run: dict[str, Any]) -> None:
    held = tasks.of_service(call, service)
    if run["to"]:
        service["live"] = run["to"]
    if service["deploymentConfiguration"]["strategy"] not in _SHIFTING:
        new = tasks.launch(call, service, service["desiredCount"], run["to"])
        tasks.stop(call, service, held["live"], run["from"])
        held["live"] = new
    revision = call.state("deployments")[run["arn"]]["targetServiceRevision"]["arn"]
    service["currentServiceRevisions"] = [{"arn": revision}]
    revisions.resolve(call, service, revision, run["to"])
    _end(call, service, run, "SUCCESSFUL", "")
    scale(call, service)


def fail(call: Any, service: dict[str, Any], run: dict[str, Any], reason: str, rollback: bool) -> None:
    """Back to what was before, which takes a step, or stop where it is."""
    deployment = call.state("deployments")[run["arn"]]
    if not rollback or run["before"] is None:
        _end(call, service, run, "STOPPED", reason)
        run["steps"] = []
        _give_up(call, service, run)
        return
    source = run["source"][0]["arn"] if run["source"] else ""
    deployment |= {"status": "ROLLBACK_IN_PROGRESS", "statusReason": reason}
    deployment["rollback"] = {"reason": reason, "startedAt": datetime.now(UTC), "serviceRevisionArn": source}
    run |= {"steps": [(_BACK, 0.0)], "entered": False, "until": 0.0, "failure": None, "paused": "", "watched": False}
    _give_up(call, service, run)


def _rolled_back(call: Any, service: dict[str, Any], run: dict[str, Any]) -> None:
    service.update(copy.deepcopy(run["before"]))
    service["currentServiceRevisions"] = run["source"]
    reason = call.state("deployments")[run["arn"]]["statusReason"]
    _end(call, service, run, "ROLLBACK_SUCCESSFUL", reason)
    scale(call, service)


def _give_up(call: Any, service: dict[str, Any], run: dict[str, Any]) -> None:
    """The traffic goes back to the old tasks, the new ones are stopped."""
    held = tasks.of_service(call, service)
    for member in ("productionListenerRule", "testListenerRule"):
        if held["next"]:
            _weigh(call, service, member, run, 0.0)
    tasks.stop(call, service, held["next"], run["to"])
    held["next"] = []
    _refresh(call, service)


def _end(call: Any, service: dict[str, Any], run: dict[str, Any], status: str, reason: str) -> None:
    deployment = call.state("deployments")[run["arn"]]
    now = datetime.now(UTC)
    deployment |= {"status": status, "updatedAt": now, "finishedAt": now}
    if status == "STOPPED":
        deployment["stoppedAt"] = now
    if reason:
        deployment["statusReason"] = reason
    deployment.pop("lifecycleStage", None)
    call.state("runs").pop(run["arn"], None)
    _refresh(call, service)


def scale(call: Any, service: dict[str, Any]) -> None:
    """As many tasks as the service wants; while a deployment is under way its end sees to it."""
    if _run_of(call, service) is None:
        held = tasks.of_service(call, service)
        group = service.get("live") or _groups(service)["from"]
        missing = service["desiredCount"] - len(held["live"])
        if missing > 0:
            held["live"] += tasks.launch(call, service, missing, group)
        elif missing < 0:
            tasks.stop(call, service, held["live"][missing:], group)
            del held["live"][missing:]
    _refresh(call, service)


def _run_of(call: Any, service: dict[str, Any]) -> dict[str, Any] | None:
    run: dict[str, Any] | None = call.state("runs").get(service.get("currentServiceDeployment", ""))
    return run


def _weigh(call: Any, service: dict[str, Any], member: str, run: dict[str, Any], share: float) -> None:
    """Write the rule's weights: the new tasks' group has the share; what else the rule does stays."""
    balancer = service["loadBalancers"][0] if service["loadBalancers"] else {}
    rule = (balancer.get("advancedConfiguration") or {}).get(member)
    if not rule:
        return
    found = call.ask("elbv2", "DescribeRules", RuleArns=[rule])["Rules"][0]
    first = balancer["targetGroupArn"]
    other = balancer["advancedConfiguration"]["alternateTargetGroupArn"]
    weights = {run["from"]: round(100 - share), run["to"]: round(share)}
    groups = [{"TargetGroupArn": group, "Weight": weights.get(group, 0)} for group in (first, other)]
    forward = {"Type": "forward", "ForwardConfig": {"TargetGroups": groups}}
    actions = [forward if action["Type"] == "forward" else action for action in found["Actions"]]
    call.ask("elbv2", "ModifyRule", RuleArn=rule, Actions=actions)


def _in_alarm(call: Any, names: list[str]) -> list[str]:
    alarms = call.backend("cloudwatch").alarms
    return [name for name in names if name in alarms and alarms[name].state_value == "ALARM"]


def _refresh(call: Any, service: dict[str, Any]) -> None:
    """Counts, and the deployments as DescribeServices shows them."""
    held, run = tasks.of_service(call, service), _run_of(call, service)
    live, coming = len(held["live"]), len(held["next"])
    deployment = call.state("deployments").get(service.get("currentServiceDeployment", ""))
    wanted = service["desiredCount"]
    service["runningCount"] = live + coming
    service["pendingCount"] = max(0, wanted - coming) if run else max(0, wanted - live)
    if deployment is None:
        return
    done = run is None
    running = live if done else coming
    target = deployment["targetServiceRevision"]
    target |= {"runningTaskCount": running, "pendingTaskCount": max(0, wanted - running)}
    counts = {
        "requestedTaskCount": wanted, "runningTaskCount": live, "pendingTaskCount": max(0, wanted - live) if done else 0
    }  # fmt: skip
    service["currentServiceRevisions"] = [
        {**one, **counts} for one in service.get("currentServiceRevisions", [{"arn": target["arn"]}])
    ]
    state = {"SUCCESSFUL": "COMPLETED", "STOPPED": "FAILED"}.get(deployment["status"], "IN_PROGRESS")
    state = "COMPLETED" if deployment["status"] == "ROLLBACK_SUCCESSFUL" else state
    number = deployment["serviceDeploymentArn"].rpartition("/")[2]
    primary = _shown(service, f"ecs-svc/{number}", "PRIMARY", service, running, wanted - running, state)
    service["deployments"] = [primary]
    if run is not None and run["before"] is not None:
        old = {**service, **run["before"]}
        service["deployments"].append(_shown(service, f"ecs-svc/{number}0", "ACTIVE", old, live, 0, "COMPLETED"))


def _shown(
    service: dict[str, Any], number: str, status: str, what: dict[str, Any], running: int, pending: int, state: str
) -> dict[str, Any]:
    now = datetime.now(UTC)
    members = ("launchType", "capacityProviderStrategy", "networkConfiguration")
    return {
        "id": number,
        "status": status,
        "taskDefinition": what["taskDefinition"],
        "desiredCount": service["desiredCount"],
        "pendingCount": max(0, pending),
        "runningCount": running,
        "failedTasks": 0,
        "createdAt": now,
        "updatedAt": now,
        "platformVersion": "1.4.0",
        "platformFamily": "Linux",
        "rolloutState": state,
        "rolloutStateReason": f"ECS deployment {number} {state.lower().replace('_', ' ')}.",
        **copy.deepcopy({key: what[key] for key in members if what.get(key)}),
    }
