"""What can be refused about reply templates."""

from besedka.core.errors import Conflict, NotFound


class TemplateNotFound(NotFound):
    code = "template_not_found"
    title = "Такого шаблона нет"


class ShortcutTaken(Conflict):
    code = "shortcut_taken"
    title = "Такое сокращение уже занято другим шаблоном"


class TooManyTemplates(Conflict):
    code = "too_many_templates"
    title = "Шаблонов уже 500. Удалите ненужные"
