"""Makes fixtures.json: what Hugging Face transformers makes of chat templates.

Run it in this folder with Python 3, transformers 5.24 and jinja2 (no torch is needed):

    python3 make_fixtures.py

The templates are our own; they have the constructs of those that come with Qwen3, Gemma-3 and Llama-3. The
snippets try the parts of Jinja one by one, rendered by transformers' own environment.
"""

import json
from pathlib import Path

from tokenizers import Tokenizer, models
from transformers import PreTrainedTokenizerFast
from transformers.utils.chat_template_utils import render_jinja_template

QWEN3 = """\
{%- if tools %}
    {{- '<|im_start|>system\\n' }}
    {%- for tool in tools %}
        {{- "\\n" }}{{- tool | tojson }}
    {%- endfor %}
    {{- '<|im_end|>\\n' }}
{%- else %}
    {%- if messages[0].role == 'system' %}
        {{- '<|im_start|>system\\n' + messages[0].content + '<|im_end|>\\n' }}
    {%- endif %}
{%- endif %}
{%- set ns = namespace(open=true, last=messages|length - 1) %}
{%- for message in messages[::-1] %}
    {%- set index = (messages|length - 1) - loop.index0 %}
    {%- if ns.open and message.role == "user" and message.content is string and not(message.content.startswith('<result>') and message.content.endswith('</result>')) %}
        {%- set ns.open = false %}
        {%- set ns.last = index %}
    {%- endif %}
{%- endfor %}
{%- for message in messages %}
    {%- if (message.role == "user") or (message.role == "system" and not loop.first) %}
        {{- '<|im_start|>' + message.role + '\\n' + message.content + '<|im_end|>' + '\\n' }}
    {%- elif message.role == "assistant" %}
        {%- set thought = '' %}
        {%- set content = message.content %}
        {%- if '</think>' in content %}
            {%- set thought = content.split('</think>')[0].rstrip('\\n').split('<think>')[-1].lstrip('\\n') %}
            {%- set content = content.split('</think>')[-1].lstrip('\\n') %}
        {%- endif %}
        {%- if loop.index0 > ns.last and (loop.last or thought) %}
            {{- '<|im_start|>assistant\\n<think>\\n' + thought.strip('\\n') + '\\n</think>\\n\\n' + content.lstrip('\\n') }}
        {%- else %}
            {{- '<|im_start|>assistant\\n' + content }}
        {%- endif %}
        {{- '<|im_end|>\\n' }}
    {%- endif %}
{%- endfor %}
{%- if add_generation_prompt %}
    {{- '<|im_start|>assistant\\n' }}
    {%- if enable_thinking is defined and enable_thinking is false %}
        {{- '<think>\\n\\n</think>\\n\\n' }}
    {%- endif %}
{%- endif %}
"""

GEMMA3 = """\
{{ bos_token }}
{%- if messages[0]['role'] == 'system' -%}
    {%- if messages[0]['content'] is string -%}
        {%- set before = messages[0]['content'] + '\\n\\n' -%}
    {%- else -%}
        {%- set before = messages[0]['content'][0]['text'] + '\\n\\n' -%}
    {%- endif -%}
    {%- set turns = messages[1:] -%}
{%- else -%}
    {%- set before = "" -%}
    {%- set turns = messages -%}
{%- endif -%}
{%- for message in turns -%}
    {%- if (message['role'] == 'user') != (loop.index0 % 2 == 0) -%}
        {{ raise_exception("turns must alternate") }}
    {%- endif -%}
    {%- if (message['role'] == 'assistant') -%}
        {%- set role = "model" -%}
    {%- else -%}
        {%- set role = message['role'] -%}
    {%- endif -%}
    {{ '<start_of_turn>' + role + '\\n' + (before if loop.first else "") }}
    {%- if message['content'] is string -%}
        {{ message['content'] | trim }}
    {%- elif message['content'] is iterable -%}
        {%- for item in message['content'] -%}
            {%- if item['type'] == 'image' -%}
                {{ '<image>' }}
            {%- elif item['type'] == 'text' -%}
                {{ item['text'] | trim }}
            {%- endif -%}
        {%- endfor -%}
    {%- else -%}
        {{ raise_exception("unknown content") }}
    {%- endif -%}
    {{ '<end_of_turn>\\n' }}
{%- endfor -%}
{%- if add_generation_prompt -%}
    {{'<start_of_turn>model
'}}
{%- endif -%}
"""

LLAMA3 = """\
{{- bos_token }}
{%- if not date_string is defined %}
    {%- set date_string = "1 Jan 2024" %}
{%- endif %}
{%- if not tools is defined %}
    {%- set tools = none %}
{%- endif %}
{#- The system's turn is always there. #}
{%- if messages[0]['role'] == 'system' %}
    {%- set said = messages[0]['content']|trim %}
    {%- set messages = messages[1:] %}
{%- else %}
    {%- set said = "" %}
{%- endif %}
{{- "<|start_header_id|>system<|end_header_id|>\\n\\n" }}
{%- if tools is not none %}
    {{- "Tools: " }}
    {%- for t in tools %}
        {{- t | tojson(indent=4) }}
    {%- endfor %}
{%- endif %}
{{- "Today: " + date_string + "\\n\\n" }}
{{- said }}
{{- "<|eot_id|>" }}
{%- for message in messages %}
    {%- if not (message.role == 'tool' or 'tool_calls' in message) %}
        {{- '<|start_header_id|>' + message['role'] + '<|end_header_id|>\\n\\n'+ message['content'] | trim + '<|eot_id|>' }}
    {%- elif 'tool_calls' in message %}
        {%- if not message.tool_calls|length == 1 %}
            {{- raise_exception("one call at a time") }}
        {%- endif %}
    {%- endif %}
{%- endfor %}
{%- if add_generation_prompt %}
    {{- '<|start_header_id|>assistant<|end_header_id|>\\n\\n' }}
{%- endif %}
"""

SPECIALS = {
    "qwen3": {"eos_token": "<|im_end|>", "pad_token": "<|endoftext|>"},
    "gemma3": {"bos_token": "<bos>", "eos_token": "<eos>"},
    "llama3": {"bos_token": "<|begin_of_text|>", "eos_token": "<|eot_id|>"},
}

PROMPTS = [
    "When Mary and John went to the store, John gave a drink to",
    "  blanks around, and a line break\n within ",
    "Größe, 東京 and \"quotes\" \\ {{ not a template }}",
]

VALUES = {
    "xs": [3, 1, 2],
    "words": ["a", "b", "c"],
    "text": "  Hello <b>World</b>\n",
    "people": [{"name": "Ann", "age": 7, "items": "own"}, {"name": "Bo", "age": 0}],
    "empty": [],
    "nested": {"k": [1, {"z": None, "y": True, "x": 1.5}], "ü": "\"\n/"},
}

SNIPPETS = [
    "a\n  {% if true %}\n  b\n  {% endif %}\nc\n",
    "a\n  {%+ if true %}b{% endif +%}\nc\n\n",
    "a {{- 1 -}} b {{ 2 }} c\n\n{#- note -#}\n d {# x #}\ne",
    "{% for x in xs %}\n  {{ x }}{% if not loop.last %},{% endif %}\n{% endfor %}|",
    "{% for x in xs if x > 1 %}{{ loop.index }}/{{ loop.length }}:{{ x }} {% else %}none{% endfor %}",
    "{% for x in empty %}x{% else %}none{% endfor %}",
    "{% for k, v in nested.items() %}{{ k }}={{ v | length }};{% endfor %}",
    "{% for x in xs %}{{ loop.previtem is defined }}{{ loop.nextitem }}{{ loop.revindex0 }} {% endfor %}",
    "{% set x = 1 %}{% for i in xs %}{% set x = x + i %}{% endfor %}{{ x }}",
    "{% set ns = namespace(x=1) %}{% for i in xs %}{% set ns.x = ns.x + i %}{% endfor %}{{ ns.x }}",
    "{% for x in xs %}{% if x == 1 %}{% continue %}{% endif %}{{ x }}{% if x == 2 %}{% break %}{% endif %}{% endfor %}",
    "{% set t %}in {{ xs[0] }}{% endset %}[{{ t }}]",
    "{% set a, b = words[0], words[-1] %}{{ b ~ a }}",
    "{% macro f(x, y='q') %}<{{ x }}{{ y }}>{% endmacro %}{{ f(1) }}{{ f('a', y=2) }}",
    "{% macro f(n) %}{{ n }}{% if n > 0 %}{{ f(n - 1) }}{% endif %}{% endmacro %}{{ f(3) }}",
    "{% raw %}{{ x }}{% endraw %}|{%- raw -%} {% y %} {%- endraw -%} |",
    "{{ xs[1:] | length }}{{ words[::-1] | join('-') }}{{ words[:-1] | join }}{{ 'hello'[1:3] }}{{ 'abc'[::-2] }}",
    "{{ 1 + 2 * 3 - 4 // 3 }} {{ 7 % 3 }} {{ -7 // 2 }} {{ -7 % 3 }} {{ 6 / 4 }} {{ -2 + 3 }}",
    "{{ 'a' ~ 1 ~ none ~ true }} {{ 1 < 2 < 3 }} {{ 1 == 1.0 }} {{ 'a' in 'cat' }} {{ 4 not in xs }}",
    "{{ not true or true and false }} {{ '' or 'x' }} {{ 1 and 2 }} {{ 'y' if empty else 'z' }}|{{ 'y' if false }}|",
    "{{ text | trim }}|{{ text.strip() | upper }}|{{ text | length }}|{{ text.lstrip() }}|{{ 'xxaxx'.strip('x') }}",
    "{{ 'a,b,,c'.split(',') | join('|') }} {{ ' a  b '.split() | join('|') }} {{ 'a-b-c'.split('-', 1) | join('|') }}",
    "{{ 'Hello'.startswith('He') }}{{ 'Hello'.endswith(('x', 'lo')) }}{{ 'hello world'.title() }}{{ 'hELLO' | capitalize }}",
    "{{ 'aXbX'.replace('X', '-') }}{{ 'aXbX' | replace('X', '') }}{{ 'abc'.find('c') }}{{ '/'.join(words) }}",
    "{{ people[0].name }}{{ people[0]['items'] }}{{ people[1].get('none', 'no') }}{{ people[1].get('zip') }}|{{ people[0].zip }}|",
    "{{ people | map(attribute='name') | join(', ') }} {{ words | map('upper') | join }}",
    "{{ people | selectattr('age') | map(attribute='name') | list | join }} {{ people | rejectattr('age', 'equalto', 7) | map(attribute='name') | first }}",
    "{{ xs | select('odd') | list | length }}{{ xs | reject('gt', 1) | join }}{{ xs | first }}{{ xs | last }}{{ xs | reverse | join }}",
    "{{ nested | tojson }}\n{{ nested | tojson(indent=2) }}{{ empty | tojson(indent=2) }}{{ 'é<&' | tojson }}",
    "{{ missing | default('d') }}{{ '' | default('e', true) }}{{ none | d('f') }}{{ missing is defined }}{{ missing }}",
    "{{ xs is iterable }}{{ 'a' is string }}{{ nested is mapping }}{{ none is none }}{{ 1 is number }}{{ true is boolean }}{{ 1.5 is float }}{{ 3 is odd }}{{ 4 is divisibleby 2 }}{{ 2 is not even }}",
    "{{ true is true }}{{ 1 is true }}",
    "{{ '5' | int + 2 }}{{ 'x' | int }}{{ 5 | string + '5' }}{{ range(3) | join }}{{ range(5, 1, -2) | join }}",
    "{{ {'a': 1, 'b': [1, 2]}['b'][1] }}{{ ('x', 'y')[1] }}{{ [1, 2,] | length }}{{ 'a' 'b' }}",
    "{{ \"tab\\tquote\\\" \\u00e9 \\x41\" }}{{ 'line\\nbreak' }}{{ '\\d' }}",
    "{% if xs | length > 2 and xs[0] == 3 %}yes{% elif true %}no{% else %}never{% endif %}",
    "{%- if false -%} a {%- else %} b {% endif -%} c",
    "{% generation %}said{% endgeneration %}\nafter",
    "{% for p in people %}{{ p.name }}{% if 'items' in p %}!{% endif %}{% endfor %}{{ 'k' in nested }}",
    "   {% set x = 1 %}\n   {{ x }}\n\t{% set y = 2 %}   \n{{ y }}",
    "{{ dict(a=1)['a'] }}{{ words | unique | list | length }}{{ 'x' * 1 if false else 'z' }}",
]


def templates():
    for name, template in [("qwen3", QWEN3), ("gemma3", GEMMA3), ("llama3", LLAMA3)]:
        plain = Tokenizer(models.WordLevel({"a": 0, "?": 1}, unk_token="?"))
        tokenizer = PreTrainedTokenizerFast(tokenizer_object=plain, **SPECIALS[name])
        tokenizer.chat_template = template
        yield {
            "name": name,
            "settings": {**SPECIALS[name], "chat_template": template},
            "prompts": [
                {
                    "text": text,
                    "rendered": tokenizer.apply_chat_template(
                        [{"role": "user", "content": text}],
                        tokenize=False,
                        add_generation_prompt=True,
                        enable_thinking=False,
                    ),
                }
                for text in PROMPTS
            ],
        }


def rendered(snippet):
    return render_jinja_template([[]], chat_template=snippet, **VALUES)[0][0]


fixtures = {
    "templates": list(templates()),
    "values": VALUES,
    "snippets": [{"template": one, "rendered": rendered(one)} for one in SNIPPETS],
}
Path("fixtures.json").write_text(json.dumps(fixtures, indent=1, ensure_ascii=False) + "\n")
