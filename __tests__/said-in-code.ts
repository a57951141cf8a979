import { type NodePath, parseSync, types as t, traverse } from '@babel/core';

/** What one place of the code says to people under a title: a failure, a warning or a notice. */
export interface Said {
  readonly title: string;
  /** What the message may be. `…` stands for what varies. */
  readonly messages: readonly string[];
}

const VARIES = '…';

/** Every text that is written in a module, each also where it is only a part of another. */
export function textsIn(code: string): string[] {
  const texts: string[] = [];
  walk(code, {
    Expression: (path) => {
      if (path.isStringLiteral() || path.isTemplateLiteral() || path.isBinaryExpression({ operator: '+' }))
        texts.push(...textsOf(path));
    },
  });
  return texts;
}

export function saidIn(code: string): Said[] {
  const said: Said[] = [];
  const add = (title: NodePath, message: NodePath | undefined) => {
    const messages = message?.node ? textsOf(message) : [VARIES];
    said.push(...titlesOf(title).map((one) => ({ title: one, messages })));
  };
  walk(code, {
    NewExpression: (path) => {
      const [title, message] = path.get('arguments');
      if (title && path.get('callee').isIdentifier({ name: 'Failure' })) add(title, message);
    },
    CallExpression: (path) => {
      const [title, message] = path.get('arguments');
      const callee = path.get('callee');
      const method = callee.isMemberExpression() ? callee.node.property : undefined;
      if (title && t.isIdentifier(method) && /^(warning|notice)$/.test(method.name)) add(title, message);
    },
    ObjectExpression: (path) => {
      const [title, message] = ['title', 'message'].map((name) => propertyOf(path, name));
      if (title && message) add(title, message);
    },
  });
  return said;
}

function walk(code: string, visitor: Parameters<typeof traverse>[1]): void {
  const parserOpts = { plugins: ['typescript' as const] };
  const options = { babelrc: false, configFile: false, sourceType: 'module' as const, parserOpts };
  const file = parseSync(code, options);
  if (file === null) throw new Error('Nothing was parsed.');
  traverse(file, visitor);
}

function propertyOf(object: NodePath<t.ObjectExpression>, name: string): NodePath | undefined {
  const property = object
    .get('properties')
    .find((each) => each.isObjectProperty() && t.isIdentifier(each.node.key, { name }));
  return property?.get('value') as NodePath | undefined;
}

/** The one title that has a part that varies is of the services. */
function titlesOf(path: NodePath): string[] {
  return textsOf(path).flatMap((title) => {
    if (title === VARIES) return [];
    return title.includes(VARIES)
      ? ['S3', 'DynamoDB', 'STS'].map((service) => title.replace(VARIES, service))
      : title;
  });
}

/** What an expression may be, as far as it is written down in its own module. */
function textsOf(path: NodePath): string[] {
  if (path.isStringLiteral()) return [path.node.value];
  if (path.isTemplateLiteral()) {
    const [first, ...rest] = path.node.quasis.map(({ value }) => value.cooked ?? '');
    const between = path.get('expressions').map(textsOf);
    return rest.reduce(
      (texts, quasi, index) =>
        joined(
          texts,
          (between[index] ?? []).map((text) => text + quasi),
        ),
      [first ?? ''],
    );
  }
  if (path.isBinaryExpression({ operator: '+' }))
    return joined(textsOf(path.get('left')), textsOf(path.get('right')));
  if (path.isConditionalExpression())
    return [...textsOf(path.get('consequent')), ...textsOf(path.get('alternate'))];
  if (path.isIdentifier()) {
    const declared = path.scope.getBinding(path.node.name)?.path;
    const isNamed = declared?.isVariableDeclarator() && declared.get('id').isIdentifier();
    const value = isNamed ? (declared.get('init') as NodePath) : undefined;
    return value?.isExpression() ? textsOf(value) : [VARIES];
  }
  if (path.isArrowFunctionExpression()) return textsOf(path.get('body'));
  if (path.isCallExpression()) return told(path) ?? startOfJoined(path);
  return [VARIES];
}

/** What a function of the same module says, whatever it is given. */
function told(path: NodePath<t.CallExpression>): string[] | undefined {
  const callee = path.get('callee');
  return callee.isIdentifier() ? textsOf(callee) : undefined;
}

const joined = (left: readonly string[], right: readonly string[]) =>
  left.flatMap((start) => right.map((end) => start + end));

/** Of `[a, b].join(' ')`, what `a` says. */
function startOfJoined(path: NodePath<t.CallExpression>): string[] {
  const callee = path.get('callee');
  const list = callee.isMemberExpression() ? callee.get('object') : undefined;
  const first =
    list && !Array.isArray(list) && list.isArrayExpression() ? list.get('elements')[0] : undefined;
  return first?.isExpression() ? textsOf(first).map((text) => text + VARIES) : [VARIES];
}

/**
 * Whether a document's first words are those of a line in a text of the code. What varies there may be anything in the
 * document, but most of the words must be fixed; what follows the first words does not count.
 */
export function begins(firstWords: string, text: string): boolean {
  const words = firstWords.replace(/\s*…$/, '');
  const enough = (words.replaceAll(VARIES, '').length * 2) / 3;
  return text.split('\n').some((line) => fixedWithin(words, line.split(VARIES)) >= enough);
}

/** How many characters of `words` are fixed in a line; -1 if it does not begin so. */
function fixedWithin(words: string, [start = '', ...others]: readonly string[]): number {
  if (start.startsWith(words)) return words.length;
  if (!words.startsWith(start)) return -1;
  let rest = words.slice(start.length);
  let fixed = start.length;
  for (const part of others) {
    const at = rest.indexOf(part);
    if (at < 0) return fixed + lengthOfEndIn(rest, part);
    rest = rest.slice(at + part.length);
    fixed += part.length;
  }
  return rest === '' || others.at(-1) === '' ? fixed : -1;
}

/** The length of the longest end of `words` that `part` begins with. */
function lengthOfEndIn(words: string, part: string): number {
  const ends = Array.from({ length: words.length }, (_, at) => words.slice(at));
  return ends.find((end) => part.startsWith(end))?.length ?? 0;
}
