"""What tests ask of an open page of the lab."""

import re

NUMBERS = """setting => {
    const answer = answerAt(escaladeLab.lab, setting);
    if (answer.none) return null;
    const said = sentenceOf(escaladeLab.lab, setting, answer);
    const names = ["with", "without", "effect", "low", "high", "raises", "lowers", "neither", "worlds", "effective"];
    const numbers = Object.fromEntries(names.map((name) => [name, answer[name]]));
    return { numbers, sentence: `${said.lead} ${said.body} ${said.levels}` };
}"""


def opened(browser, address, contexts, **options):
    """A page in a fresh window; whatever it asks of the network, but of this machine, is refused and noted."""
    options.setdefault("bypass_csp", True)  # else nothing can be waited for: the page forbids what Playwright evaluates
    context = browser.new_context(**options)
    contexts.append(context)
    page = context.new_page()
    page.asked, page.failed = [], []
    page.on("request", lambda asked: page.asked.append(asked.url))
    page.on("pageerror", lambda error: page.failed.append(str(error)))
    context.route(re.compile(r"^(?!file:|blob:|http://127\.0\.0\.1)"), lambda route: route.abort())
    page.goto(address)
    page.wait_for_function("window.escaladeLab")
    return page


def settings(page, random, count):
    """So many random settings, as the page keeps them, and as Python takes them."""
    edges = dict(page.evaluate("escaladeLab.lab.assumptions.map(one => [one.key, one.edges])"))
    policies = page.evaluate("escaladeLab.lab.policies.slice(1).map(one => one.id)")
    for _ in range(count):
        narrow = {}
        for key in random.sample(sorted(edges), random.randint(1, 3)):
            narrow[key] = sorted(random.sample(range(len(edges[key])), 2))
        policy = random.choice(policies)
        values = {key: (edges[key][first], edges[key][last]) for key, (first, last) in narrow.items()}
        yield {"policy": policy, "narrow": narrow, "levers": {}}, policy, values
