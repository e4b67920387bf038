"""The French words for roles."""

from flask_babel import lazy_gettext as _

from people.roles import Role

ROLE_LABELS = {
    Role.PUBLIC: _("visiteur"),
    Role.MEMBER: _("membre"),
    Role.AGENT: _("agent"),
    Role.COORDINATOR: _("coordination"),
    Role.ADMIN: _("coordination et administration"),
}
