// @ts-nocheck: it runs in a browser, whose types the rest of the code must not see.
/** Shows Markdown as GitHub does, and tells what is wrong with its look. Loaded by the page that `github-page.ts` writes. */

const renderer = globalThis.markdownit({ html: true, linkify: true });
// GitHub makes links of addresses with a scheme, and of `www.`; not of any name with a dot.
renderer.linkify.set({ fuzzyLink: false, fuzzyEmail: false }).add('//', null);

/**
 * Shows a summary, with everything unfolded, and looks for faults; then folds it again, if that is asked for.
 *
 * @returns what is wrong, a sentence each, and how high the page is, in CSS pixels
 */
globalThis.show = async (markdown, { theme, folded }) => {
  const body = document.querySelector('.markdown-body');
  body.innerHTML = renderer.render(markdown);
  for (const details of body.querySelectorAll('details')) details.open = true;
  for (const code of body.querySelectorAll('code.language-diff')) colourDiff(code);
  const problems = [...(await drawCharts(body, theme)), ...unrendered(body), ...tooWide(body), ...axes(body)];
  for (const details of body.querySelectorAll('details')) details.open = !folded;
  await document.fonts.ready;
  return { problems, height: Math.ceil(document.querySelector('main').getBoundingClientRect().bottom) + 8 };
};

/** As GitHub colours a diff: whole lines. */
function colourDiff(code) {
  const classes = { '+': 'pl-mi1', '-': 'pl-md' };
  const lines = code.textContent.split('\n').map((text) => {
    const line = document.createElement('span');
    line.className = classes[text[0]] ?? '';
    line.textContent = text;
    return line;
  });
  code.replaceChildren(...lines.flatMap((line, index) => (index === 0 ? [line] : ['\n', line])));
}

async function drawCharts(body, theme) {
  globalThis.mermaid.initialize({ startOnLoad: false, theme: theme === 'dark' ? 'dark' : 'default' });
  for (const code of body.querySelectorAll('code.language-mermaid')) {
    const chart = document.createElement('div');
    chart.className = 'chart';
    chart.textContent = code.textContent;
    code.parentElement.replaceWith(chart);
    try {
      await globalThis.mermaid.run({ nodes: [chart] });
    } catch (error) {
      return [`A chart is not Mermaid: ${error?.message ?? error}`];
    }
  }
  return [];
}

const MARKS = ['**', '```', '](', '| --', '### ', '&#', '<!--', '<br', '<code', '<details', '</'];

function unrendered(body) {
  const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) {
    const { textContent, parentElement } = walker.currentNode;
    if (parentElement.closest('code, pre, svg, style')) continue;
    const mark = MARKS.find((each) => textContent.includes(each));
    if (mark) found.push(`Markdown is not rendered: ${textContent.trim().slice(0, 100)}`);
  }
  return found;
}

/** GitHub lets code blocks and tables scroll, each in itself. */
const SCROLLS = 'pre, table';

function tooWide(body) {
  const edge = body.getBoundingClientRect().right + 1;
  return [...body.querySelectorAll('*')]
    .filter((element) => !element.parentElement.closest(`${SCROLLS}, svg`))
    .filter((element) => {
      const scrolls = element.matches(SCROLLS);
      const inside = [...element.getClientRects()].every(({ right }) => right <= edge);
      return (
        !inside || (!scrolls && element.clientWidth > 0 && element.scrollWidth > element.clientWidth + 1)
      );
    })
    .map(
      (element) =>
        `<${element.tagName.toLowerCase()}> is wider than its place: ${element.textContent.slice(0, 100)}`,
    );
}

/** In a chart every text is within it, and no two labels of its axis touch or are the same. */
function axes(body) {
  return [...body.querySelectorAll('svg')].flatMap((svg) => {
    const { left, right } = svg.getBoundingClientRect();
    const outside = [...svg.querySelectorAll('text')]
      .map((text) => ({ text: text.textContent, box: text.getBoundingClientRect() }))
      .filter(({ box }) => box.left < left - 1 || box.right > right + 1)
      .map(({ text }) => `A text is cut off by its chart: ${text}`);
    const labels = [...svg.querySelectorAll('.tick text')].map((tick) => ({
      text: tick.textContent,
      box: tick.getBoundingClientRect(),
    }));
    const sorted = labels.toSorted((a, b) => a.box.left - b.box.left);
    const touching = sorted
      .filter(({ box }, index) => index > 0 && box.left < sorted[index - 1].box.right + 2)
      .map(({ text }) => `A label of the axis lies over the one before it: ${text}`);
    const repeated = labels
      .filter(({ text }, index) => labels.findIndex((other) => other.text === text) < index)
      .map(({ text }) => `A label of the axis is there twice: ${text}`);
    const none = labels.length === 0 ? ['The axis of a chart has no labels.'] : [];
    return [...outside, ...touching, ...repeated, ...none];
  });
}
