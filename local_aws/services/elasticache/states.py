# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""How long changes of replication groups, users and user groups show (``local_aws.transitions``), and in which state.

https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_ReplicationGroup.html (creating, available,
modifying, deleting, create-failed, snapshotting), API_User.html and API_UserGroup.html. While it is created, a
replication group has no endpoints.
"""

from __future__ import annotations

from local_aws import transitions

_CHANGES = ("ModifyReplicationGroup", "IncreaseReplicaCount", "DecreaseReplicaCount")

transitions.add(
    transitions.Kind(
        service="elasticache",
        describe="DescribeReplicationGroups",
        items="ReplicationGroups",
        id="ReplicationGroupId",
        status="Status",
        asks="ReplicationGroupId",
        one="ReplicationGroup",
        starts={
            "CreateReplicationGroup": "creating",
            "DeleteReplicationGroup": "deleting",
            **dict.fromkeys(_CHANGES, "modifying"),
        },
        refuses=(*_CHANGES, "DeleteReplicationGroup", "CreateSnapshot"),
        refusal="InvalidReplicationGroupState",
        message="Replication group {id} has status {state} which is not valid for modification.",
        backup="snapshotting",
    ),
    transitions.Kind(
        service="elasticache",
        describe="DescribeUsers",
        items="Users",
        id="UserId",
        status="Status",
        asks="UserId",
        starts={"CreateUser": "creating", "ModifyUser": "modifying", "DeleteUser": "deleting"},
        refuses=("ModifyUser", "DeleteUser"),
        refusal="InvalidUserState",
        message="User {id} is not in active state. It is {state}.",
    ),
    transitions.Kind(
        service="elasticache",
        describe="DescribeUserGroups",
        items="UserGroups",
        id="UserGroupId",
        status="Status",
        asks="UserGroupId",
        starts={"CreateUserGroup": "creating", "ModifyUserGroup": "modifying", "DeleteUserGroup": "deleting"},
        refuses=("ModifyUserGroup", "DeleteUserGroup"),
        refusal="InvalidUserGroupState",
        message="User group {id} is not in active state. It is {state}.",
    ),
)


def creation() -> transitions.Meanwhile:
    return transitions.Meanwhile(("creating",), {"NodeGroups": None})
