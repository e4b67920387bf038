"""The French words for roles."""

from people.roles import Role
from web.spoken import lazy_gettext as _

ROLE_LABELS = {
    Role.PUBLIC: _("visiteur"),
    Role.MEMBER: _("membre"),
    Role.AGENT: _("agent"),
    Role.COORDINATOR: _("coordination"),
    Role.ADMIN: _("coordination et administration"),
}
