"""The application factory: joins configuration, services, accounts, pages and errors. Nothing at import."""

from flask import Flask
from flask_babel import Babel

from web.accounts import register
from web.addresses import install_addresses
from web.api.parameters import install_parameters
from web.assets import install_assets
from web.config import Config
from web.errors import install_errors
from web.headers import install_headers
from web.kept_pages import install_kept_pages
from web.language import reader
from web.navigation import install_navigation
from web.permissions import require_policies
from web.services import EXTENSION, Services, open_services
from web.shown import install_words
from web.spoken import install_speech
from web.views import blueprints
from web.views.language import install_language


def create_app(config: Config, services: Services | None = None) -> Flask:
    """The site on this configuration. `services` replaces what the configuration would open (tests do).

    Raises RouteWithoutPolicyError when a route declares no policy.
    """
    app = Flask("web", static_folder="static", template_folder="templates")
    app.config.update(config.flask_settings())
    app.config.update(BABEL_DEFAULT_LOCALE="fr", SEND_FILE_MAX_AGE_DEFAULT=3600)
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    app.extensions[EXTENSION] = services or open_services(config)
    Babel(app, locale_selector=lambda: reader().value)
    install_language(app)
    install_speech(app)
    install_addresses(app)
    install_navigation(app)
    install_kept_pages(app)
    install_assets(app)
    install_headers(app, secure=not config.demo)
    install_words(app)
    register(app, app.extensions[EXTENSION].private, app.extensions[EXTENSION].current)
    install_errors(app)
    install_parameters(app)
    for blueprint in blueprints():
        app.register_blueprint(blueprint)
    require_policies(app)
    return app
