#!/usr/bin/python
# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
module: role_variables
short_description: Hold the variables of a role to their types
version_added: 0.1.0
author: wellarchitected.webapp authors (@wellarchitected)
description:
  - Takes each option of the role's C(meta/argument_specs.yml), entry point C(main), from the variables of the play,
    converts it to the type that the specification names and returns all of them. The role uses what is returned.
  - Variables from the command line, from surveys and from C(ini) inventories are text, and they beat all others, so
    that a role cannot convert them under their own names.
  - Text that stands for one item or for several with commas between becomes the list that is asked for, and JSON text
    the list or the dictionary.
  - Null is taken as not given, and so is empty text unless the option is any text; the default of the specification
    takes its place. Inside a dictionary null stays, unless the specification has a default there.
  - Dictionaries whose keys the specification does not name are left as they are.
  - Everything that does not fit is said at once, before the role does anything.
  - Ansible's own validation of a role's arguments runs before and keeps nothing of what it converts. It refuses some
    of what this action takes, such as JSON text for a list of dictionaries, unless the role is included or imported
    with C(rolespec_validate=false), as the playbooks of this collection do.
  - This is an action without a module; it makes no call to AWS.
options:
  role:
    description: Name of a role of this collection; without it the role that the task is in.
    type: str
attributes:
  check_mode:
    description: Does the same in check mode.
    support: full
  diff_mode:
    description: Changes nothing, so there is nothing to show.
    support: none
  idempotent:
    description: Changes nothing.
    support: full
"""

EXAMPLES = r"""
- name: Hold the variables to their types
  wellarchitected.webapp.role_variables:
  register: __network
  tags: [always]

- name: VPC
  wellarchitected.webapp.vpc:
    vpcs:
      - name: "{{ __network.prefix }}-vpc"
        cidr_block: "{{ __network.vpc_cidr }}"
"""

RETURN = r"""
option_name:
  description:
    - One key for each option, with its converted value. The key is the option's name without the role's in front
      (C(network_vpc_cidr) is C(vpc_cidr)); a name that does not start with it, such as C(stack_project), stays whole.
      So what is registered is used as C(__network.vpc_cidr), which Ansible need not template twice.
    - What is not given and has no default is left out.
  returned: success
  type: raw
  sample: {stack_project: mywebapp, vpc_cidr: 10.0.0.0/16, acls_enabled: false, alb_ports: [443]}
stack_tags:
  description: What the role tags its resources with, C(Project), C(Environment), C(Owner), C(CostCenter),
    C(ManagedBy).
  returned: where the role has the options O(ignore:stack_project), O(ignore:stack_environment), O(ignore:stack_owner)
    and O(ignore:stack_cost_center)
  type: dict
  sample: {Project: mywebapp, Environment: prod, Owner: platform, CostCenter: "4711", ManagedBy: Ansible}
"""
