"""The modules of the page are joined into one scope: no name may be declared twice."""

import re
from collections import Counter

from frontmap.render.webmap import EXTRA_MODULES, MODULES, static

_NAME = r"(\w+)"
_SINGLE = re.compile(rf"^(?:export )?(?:async )?(?:const|let|function|class) {_NAME}", re.MULTILINE)
_LISTED = re.compile(r"^(?:export )?(?:const|let) [\[{]([^\]}]*)[\]}] =", re.MULTILINE)


def _declared(text):
    return _SINGLE.findall(text) + [
        name for names in _LISTED.findall(text) for name in re.findall(_NAME, names)
    ]


def test_every_name_is_declared_once():
    found = Counter(name for module in MODULES for name in _declared(static(f"{module}.js")))
    assert len(found) > 100
    assert [name for name, times in found.items() if times > 1] == []


def test_an_import_names_what_its_module_exports():
    pattern = r"^import \{([^}]*)\} from \"\./(\w+)\.js\";"
    for module in MODULES:
        for names, source in re.findall(pattern, static(f"{module}.js"), re.MULTILINE):
            lines = static(f"{source}.js").splitlines()
            exported = _declared("\n".join(line for line in lines if line.startswith("export ")))
            missing = set(re.findall(_NAME, names)) - set(exported)
            assert not missing, f"{module}.js from {source}.js"


def _templates_in_templates(text):
    """Return what stands around each template literal that begins inside another."""
    inside, at, found = [], 0, []
    while at < len(text):
        in_template = bool(inside) and inside[-1] == "`"
        if skipped := (None if in_template else _NO_CODE.match(text, at)):
            at = skipped.end()
            continue
        if in_template and text[at] == "\\":
            at += 1
        elif in_template and text.startswith("${", at):
            inside.append("{")
            at += 1
        elif text[at] == "`" and in_template:
            inside.pop()
        elif text[at] == "`":
            if "`" in inside:
                found.append(text[at - 30 : at + 30])
            inside.append("`")
        elif text[at] in "{}" and inside and not in_template:
            inside.append("{") if text[at] == "{" else inside.pop()
        at += 1
    return found


#: Comments and strings.
_NO_CODE = re.compile(r"""//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'""", re.DOTALL)


def test_no_template_stands_in_another():
    """What takes the spaces out of the script would take them out of such a text, too."""
    assert _templates_in_templates("`a ${b ? `x  y` : 1} c`")
    for module in (*MODULES, *EXTRA_MODULES):
        assert _templates_in_templates(static(f"{module}.js")) == [], module
