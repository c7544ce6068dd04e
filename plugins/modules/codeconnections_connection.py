#!/usr/bin/python
# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
module: codeconnections_connection
short_description: Manage connections to providers of source code
version_added: 0.1.0
author: wellarchitected.webapp authors (@wellarchitected)
description:
  - Makes connections of AWS CodeConnections, which CodePipeline takes source code by, and tags them.
  - A new connection is C(PENDING) until a person completes the handshake with the provider in the console (Developer
    Tools, Settings, Connections); no call can do that, and the module does not wait for it.
  - Takes no tokens and no passwords. Never deletes a connection.
  - Own module because there is no stock one.
options:
  connections:
    description:
      - The connections to converge.
    type: list
    elements: dict
    required: true
    suboptions:
      name:
        description:
          - Name of the connection, at most 32 characters.
        type: str
        required: true
      provider_type:
        description:
          - Provider of the source code. A connection that is there keeps its own.
        type: str
        choices:
          - GitHub
          - GitHubEnterpriseServer
          - GitLab
          - GitLabSelfManaged
          - Bitbucket
          - AzureDevOps
        default: GitHub
      host:
        description:
          - ARN of the host of an installed provider, V(GitHubEnterpriseServer) or V(GitLabSelfManaged).
        type: str
extends_documentation_fragment:
  - amazon.aws.common.modules
  - amazon.aws.region.modules
  - amazon.aws.tags
  - wellarchitected.webapp.aws
  - wellarchitected.webapp.bulk
  - wellarchitected.webapp.bulk.wait
"""

EXAMPLES = r"""
- name: The connection to GitHub
  wellarchitected.webapp.codeconnections_connection:
    region: us-east-1
    connections:
      - name: mywebapp-prod
        provider_type: GitHub
    tags:
      Project: mywebapp
      Environment: prod
"""

RETURN = r"""
resources:
  description: The connections after the run, by name; in check mode as they are now.
  returned: success
  type: dict
  sample:
    mywebapp-prod:
      name: mywebapp-prod
      arn: arn:aws:codeconnections:us-east-1:111122223333:connection/0a1b2c3d-0000-1111-2222-333344445555
      provider_type: GitHub
      status: PENDING
changes:
  description: What was changed, or would be.
  returned: success
  type: list
  elements: dict
  sample:
    - kind: codeconnections_connection
      name: mywebapp-prod
      action: update
      fields:
        - tags
api_calls:
  description: The API calls made, in order.
  returned: success
  type: list
  elements: str
  sample:
    - codeconnections:ListConnections
    - codeconnections:CreateConnection
"""

from collections.abc import Mapping
from typing import Any

from ..module_utils._engine.context import Context
from ..module_utils._engine.converge import converge
from ..module_utils._engine.module import TAGS, aws_spec, bulk, items, run_module
from ..module_utils._resources.codeconnections.codeconnections_connection import CODECONNECTIONS_CONNECTION, PROVIDERS

ARGUMENT_SPEC = aws_spec(
    **bulk(
        connections={
            "name": {"type": "str", "required": True},
            "provider_type": {"type": "str", "choices": list(PROVIDERS), "default": "GitHub"},
            "host": {"type": "str"},
        },
    ),
    **TAGS,
)


def run(context: Context, params: Mapping[str, Any]) -> dict[str, Any]:
    return converge(
        context,
        CODECONNECTIONS_CONNECTION,
        items(params, "connections"),
        tags=params["tags"],
        purge_tags=params["purge_tags"],
    )


def main() -> None:
    run_module(ARGUMENT_SPEC, run)


if __name__ == "__main__":
    main()
