"""The modules of the page are joined into one scope: no name may be declared twice."""

import re
from collections import Counter

from frontmap.render.webmap import MODULES, static

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
