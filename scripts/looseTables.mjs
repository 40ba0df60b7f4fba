/**
 * A rule for the linter: data is not looked up in a plain object of the code, nor looked for with `in`. `{ a: 1 }['constructor']`
 * is a function, `'constructor' in {}` is true, and `{}['__proto__'] = 1` is nothing; names come from webhooks, sheets and services.
 */

const bare = (expression) => (['TSAsExpression', 'TSSatisfiesExpression', 'TSNonNullExpression'].includes(expression?.type) ? bare(expression.expression) : expression);

/**
 * Whether a variable holds a plain object that any name can be looked up in. TypeScript refuses that for a literal without
 * a type of its own, and for one whose type names its keys.
 */
function isLoose({ id, init }, text) {
  const made = bare(init);
  // A copy is gone through by the keys that it has.
  if (made?.type === 'ObjectExpression' && made.properties.some(({ type }) => type === 'SpreadElement')) return false;
  if (made?.type === 'CallExpression') return text(made.callee) === 'Object.fromEntries';
  const type = id.typeAnnotation ?? (init?.type === 'TSAsExpression' ? init.typeAnnotation : undefined);
  return made?.type === 'ObjectExpression' && type !== undefined && /\bRecord<string\b|\bIDataObject\b|\bINodeParameters\b|\[\w+: string\]/.test(text(type));
}

function variableOf(scope, name) {
  for (let at = scope; at; at = at.upper) {
    const found = at.set.get(name);
    if (found) return found;
  }
  return undefined;
}

const isFixed = (key) => key.type === 'Literal' || (key.type === 'TemplateLiteral' && key.expressions.length === 0);

export const noLooseTable = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      inside: "Names of every object, such as 'constructor', are 'in' it, too. Use Object.hasOwn().",
      loose: "'{{name}}' is a plain object: a name such as 'constructor' is in it, too. Wrap it in table() of nodes/shared/values/table.ts, or use a Map.",
    },
  },
  create(context) {
    return {
      BinaryExpression(node) {
        if (node.operator === 'in' && node.left.type !== 'PrivateIdentifier' && !isFixed(node.left)) context.report({ node, messageId: 'inside' });
      },
      MemberExpression(node) {
        if (!node.computed || node.object.type !== 'Identifier' || isFixed(node.property)) return;
        const definition = variableOf(context.sourceCode.getScope(node), node.object.name)?.defs[0];
        if (definition?.type !== 'Variable' || definition.node.id.type !== 'Identifier' || !isLoose(definition.node, (part) => context.sourceCode.getText(part))) return;
        context.report({ node, messageId: 'loose', data: { name: node.object.name } });
      },
    };
  },
};
