import { parseTemplate, type TemplateVariable, type WhatsAppTemplate } from '../../nodes/shared/whatsapp/template';
import { metaTemplates, type MetaTemplate } from '../sandbox/whatsapp/templates';

/** One template with values for its variables. */
export interface TemplateCase {
  what: string;
  template: MetaTemplate;
  /** By the variables' ids. */
  values: Record<string, unknown>;
  isRight: boolean;
}

interface Value {
  value: unknown;
  isRight: boolean;
}
const right = (...values: unknown[]): Value[] => values.map((value) => ({ value, isRight: true }));
const wrong = (...values: unknown[]): Value[] => values.map((value) => ({ value, isRight: false }));

const objects = wrong({ a: 1 }, { currency: 'BRL', amount: 10 }, ['a', 'b'], '[object Object]', 'undefined', 'null');
const blanks = wrong('', '   ', '\u00a0', '\u200b\u2060', '\n\t');
const braces = wrong('{{1}}', '{{nome}}', 'Olá {{contact.email}}', '{nome}', '{% if a %}');

/** Ordinary, awkward and wrong values, by what a variable is. */
const valuesOf: Record<TemplateVariable['kind'], Value[]> = {
  text: [
    ...right('Ana', '1042', 7, 0, true, 'João 😀', "Joana D'Arc", 'a "b" c', '5 > 3 <b>', 'R$ 1.234,50'),
    ...right(' Ana ', 'a\nb', 'a\t\tb', 'a      b', 'An\u200ba', ['Ana'], '👩‍👩‍👧', '*x* _y_'),
    ...blanks, ...objects, ...braces, ...wrong('x'.repeat(1001)),
  ],
  code: [...right('123456', 'ABC-12', 123456, ' 123456 '), ...blanks, ...objects, ...braces, ...wrong('x'.repeat(16))],
  copyCode: [...right('DESC10', 10, 'PROMO-2026-15OF'), ...blanks, ...objects, ...braces, ...wrong('DESCONTO10REAIS!')],
  urlPart: [...right('p-1042', 1042, 'a/b?x=1&y=2', 'promoção', 'a b', ' p ', 'a\nb', "d'arc"), ...blanks, ...objects, ...braces, ...wrong('https://outra.example/p', 'x'.repeat(2001))],
  mediaUrl: [...blanks, ...objects, ...wrong('oferta.jpg', 'www.example.com/a.jpg', 'ftp://example.com/a.jpg', 'https://a', `https://example.com/${'x'.repeat(2000)}`)],
  fileName: [...right('Nota 1042.pdf', ' nota.pdf ', 'Orçamento nº 1.pdf'), ...objects],
};

const media = { image: ['jpg', 'jpeg', 'png'], video: ['mp4', '3gp'], document: ['pdf', 'docx', 'xlsx'] };

function valuesFor({ kind, media: format }: TemplateVariable): Value[] {
  if (kind !== 'mediaUrl') return valuesOf[kind];
  const endings = media[format!];
  const others = Object.entries(media).filter(([other]) => other !== format).flatMap(([, list]) => list.slice(0, 1));
  return [
    ...endings.map((ending) => ({ value: `https://example.com/arquivo.${ending}`, isRight: true })),
    ...right(`https://example.com/arquivo?id=1`, `https://example.com/um dois.${endings[0]}`, `https://example.com/pão.${endings[0]}?x=1`, `http://example.com/d'arc.${endings[0]}`),
    // What else goes as a document is not known.
    ...[...others, ...(format === 'document' ? [] : ['webp', 'mp3'])].map((ending) => ({ value: `https://example.com/arquivo.${ending}`, isRight: false })),
    ...valuesOf.mediaUrl,
  ];
}

const good = (variable: TemplateVariable): unknown => (variable.required ? valuesFor(variable)[0]!.value : undefined);
const shown = (value: unknown) => JSON.stringify(value).slice(0, 40);

/**
 * Each template as it should be, and with each value for each of its variables; what is missing, and what there is too much.
 *
 * @param sendable whether the vendor can send a template at all
 * @param reads the vendor's own record of it, as the node reads it
 */
export function templateCases(sendable: (name: string) => boolean, reads: (template: MetaTemplate) => WhatsAppTemplate = (template) => parseTemplate(template as never)): TemplateCase[] {
  const cases: TemplateCase[] = [];
  // The first variable of a kind and place stands for the others.
  const seen = new Set<string>();
  for (const template of metaTemplates) {
    const { variables } = reads(template);
    const values: Record<string, unknown> = Object.fromEntries(variables.map((variable) => [variable.id, good(variable)]).filter(([, value]) => value !== undefined));
    const called = `${template.name} (${template.language})`;
    if (!sendable(template.name)) {
      cases.push({ what: called, template, values, isRight: false });
      continue;
    }
    cases.push({ what: called, template, values, isRight: true });
    cases.push({ what: `${called} with a surplus value`, template, values: { ...values, body_77: 'x' }, isRight: false });
    for (const variable of variables) {
      if (variable.required) cases.push({ what: `${called} without ${variable.id}`, template, values: Object.fromEntries(Object.entries(values).filter(([id]) => id !== variable.id)), isRight: false });
      const place = `${variable.kind} ${variable.part} ${String(variable.media)} ${variable.card === undefined} ${variable.button === 0} ${/^\d+$/.test(variable.name ?? '1')}`;
      if (seen.has(place) || template.name === 'eleven') continue;
      seen.add(place);
      for (const { value, isRight } of valuesFor(variable)) cases.push({ what: `${called}, ${variable.id} ${shown(value)}`, template, values: { ...values, [variable.id]: value }, isRight });
    }
    const texts = variables.filter(({ part, kind, card }) => part === 'body' && kind === 'text' && card === undefined);
    // The whole text may have 1024 characters.
    const [whole, each] = [textLength(template), 1000];
    if (texts.length) cases.push({ what: `${called}, too long together`, template, values: { ...values, ...Object.fromEntries(texts.map(({ id }) => [id, 'x'.repeat(each)])) }, isRight: whole + each * texts.length <= 1024 });
  }
  return cases;
}

const textLength = ({ components }: MetaTemplate) => String(components.find(({ type }) => String(type).toUpperCase() === 'BODY')?.text ?? '').replace(/\{\{[^}]*\}\}/g, '').length;
