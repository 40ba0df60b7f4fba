import type { MetaTemplate } from './templates';

/** What WhatsApp's Cloud API says to a message; the codes are Meta's. */
export interface Verdict {
  code: number;
  message: string;
  /** Longer words, `error_data.details`. */
  details?: string;
}

const refuse = (code: number, message: string): Verdict => ({ code, message });
const vars = (text: unknown): string[] => [...new Set([...String(text ?? '').matchAll(/\{\{\s*([^{}\s]+)\s*\}\}/g)].map(([, name]) => name!))];
const lines = /[\n\t\r]| {5,}/;

/** A template message (`template` of a Graph call); undefined when WhatsApp takes it. Written after Meta's documents, apart from the node's own check. */
export function judgeTemplate(sent: any, templates: MetaTemplate[]): Verdict | undefined {
  const template = templates.find((one) => one.name === sent.name && one.language === sent.language?.code);
  if (!template) return refuse(132001, 'Template name does not exist in the translation');
  if (template.status === 'PAUSED') return refuse(132015, 'Template is paused');
  if (template.status !== 'APPROVED') return refuse(132001, 'Template name does not exist in the translation');
  return judgeParts(template.components, sent.components ?? []);
}

function judgeParts(components: any[], sent: any[]): Verdict | undefined {
  const part = (type: string) => components.find((one) => String(one.type).toUpperCase() === type);
  const given = (type: string) => sent.find((one) => one.type === type)?.parameters ?? [];
  const header = part('HEADER');
  const format = String(header?.format ?? 'TEXT').toUpperCase();
  if (['IMAGE', 'VIDEO', 'DOCUMENT'].includes(format)) {
    const [media] = given('header');
    const kind = format.toLowerCase();
    if (media?.type !== kind) return refuse(132012, `header: Format mismatch, expected ${format}`);
    const link = String(media[kind]?.link ?? '');
    if (!/^https?:\/\/[^\s/'"<>]+\.[^\s'"<>]+$/.test(link) || link.length > 2000) return refuse(131009, 'Parameter value is not valid');
    const ending = /\.(\w+)(?:\?.*)?$/.exec(link)?.[1]?.toLowerCase();
    if (kind === 'image' && ending !== undefined && ['pdf', 'webp', 'mp4', 'gif', 'mp3'].includes(ending)) return refuse(131053, 'Media upload error');
  } else if (format !== 'TEXT' && header) return refuse(132012, `header: Format mismatch, expected ${format}`);
  if (part('LIMITED_TIME_OFFER')) return refuse(131008, 'Required parameter is missing');
  for (const [type, text, most] of [['header', format === 'TEXT' ? header?.text : '', 60], ['body', part('BODY')?.text, 1024]] as const) {
    const names = vars(text);
    const values: any[] = type === 'header' && format !== 'TEXT' ? [] : given(type);
    if (values.length !== names.length) return refuse(132000, 'Number of parameters does not match the expected number of params');
    const named = names.some((name) => !/^\d+$/.test(name));
    if (named && !names.every((name) => values.some((value) => value.parameter_name === name))) return refuse(100, 'Invalid parameter');
    let filled = String(text ?? '');
    for (const [index, value] of values.entries()) {
      const shown = value.type === 'text' ? value.text : value[value.type]?.fallback_value;
      if (typeof shown !== 'string' || shown.trim() === '') return refuse(131008, 'Required parameter is missing');
      if (lines.test(shown)) return refuse(132018, "There's an issue with the parameters in your template");
      filled = filled.replace(named ? `{{${value.parameter_name}}}` : `{{${index + 1}}}`, () => shown);
    }
    if (names.length && filled.length > most) return refuse(132005, 'Translated text too long');
  }
  const buttons: any[] = part('BUTTONS')?.buttons ?? [];
  const sentButtons = sent.filter((one) => one.type === 'button');
  for (const one of sentButtons) {
    const button = buttons[Number(one.index)];
    const kind = ({ URL: 'url', OTP: 'url', COPY_CODE: 'copy_code', QUICK_REPLY: 'quick_reply' } as Record<string, string>)[button?.type];
    if (!button || kind !== one.sub_type) return refuse(132018, "There's an issue with the parameters in your template");
    const [value] = one.parameters ?? [];
    const text = value?.type === 'coupon_code' ? value.coupon_code : value?.text;
    if (typeof text !== 'string' || text.trim() === '') return refuse(131008, 'Required parameter is missing');
    if (lines.test(text) || (one.sub_type === 'url' && /[^\x21-\x7e]/.test(text))) return refuse(132018, "There's an issue with the parameters in your template");
    if ((one.sub_type === 'copy_code' || button.type === 'OTP') && text.length > 15) return refuse(131009, 'Parameter value is not valid');
  }
  for (const [index, button] of buttons.entries()) {
    const wants = button.type === 'COPY_CODE' || button.type === 'OTP' || (button.type === 'URL' && vars(button.url).length > 0) || button.type === 'FLOW';
    if (wants && !sentButtons.some((one) => Number(one.index) === index)) return refuse(131008, 'Required parameter is missing');
  }
  const carousel = part('CAROUSEL');
  if (carousel) {
    const cards: any[] = sent.find((one) => one.type === 'carousel')?.cards ?? [];
    if (cards.length !== carousel.cards.length) return refuse(132012, 'carousel: number of cards does not match');
    for (const [index, card] of carousel.cards.entries()) {
      const wrong = judgeParts(card.components, cards.find((one) => one.card_index === index)?.components ?? []);
      if (wrong) return wrong;
    }
  }
  return undefined;
}

/** A message without template; undefined when WhatsApp takes it. */
export function judgeMessage({ text, caption, mime, options, windowOpen }: { text?: string | null; caption?: string | null; mime?: string; options?: Array<{ title: string; value: string }>; windowOpen: boolean }): Verdict | undefined {
  if (!windowOpen) return refuse(131047, 'Re-engagement message');
  if (mime !== undefined) {
    const taken = mime.startsWith('image/') ? /^image\/(?:jpeg|png)$/ : mime.startsWith('video/') ? /^video\/(?:mp4|3gpp)$/ : mime.startsWith('audio/') ? /^audio\/(?:aac|amr|mpeg|mp4|ogg)/ : /^/;
    if (!taken.test(mime)) return refuse(131053, 'Media upload error');
    if (caption && caption.length > 1024) return refuse(100, 'Invalid parameter');
    return undefined;
  }
  if (!text?.trim()) return refuse(100, 'Invalid parameter');
  if (!options) return text.length > 4096 ? refuse(100, 'Invalid parameter') : undefined;
  const most = options.length <= 3 ? 20 : 24;
  if (text.length > 1024 || options.length > 10 || options.some(({ title }) => title.length > most) || new Set(options.map(({ value }) => value)).size !== options.length) return refuse(131009, 'Parameter value is not valid');
  return undefined;
}

/** What Chatwoot 4.15.1 makes of `template_params` before it calls WhatsApp; 'lost' where its job dies and the message stays "sent" for ever. */
export function graphTemplate(params: any): { name: string; language: { code: string }; components: any[] } | 'lost' {
  const clean = (value: any): any => (typeof value === 'string' ? liquid(value).replace(/[<>"']/g, '').trim().slice(0, 1000) : value);
  const value = (one: any): any => (one !== null && typeof one === 'object' ? { type: one.type, [one.type]: Object.fromEntries(Object.entries(one).filter(([key]) => key !== 'type')) } : { type: 'text', text: clean(one) });
  const { header, body, buttons } = params.processed_params ?? {};
  const components: any[] = [];
  if (header?.media_url !== undefined) {
    if (!/^https?:\/\//.test(header.media_url) || header.media_url.length > 2000) return 'lost';
    components.push({ type: 'header', parameters: [{ type: header.media_type, [header.media_type]: { link: clean(header.media_url), ...(header.media_name ? { filename: header.media_name } : {}) } }] });
  } else if (header) components.push({ type: 'header', parameters: Object.values(header).map(value) });
  const texts = Object.entries(body ?? {}).sort(([a], [b]) => a.length - b.length || a.localeCompare(b)).filter(([, one]) => typeof one === 'object' || liquid(String(one)).trim() !== '');
  if (texts.length) components.push({ type: 'body', parameters: texts.map(([name, one]) => (/^\d+$/.test(name) ? value(one) : { ...value(one), parameter_name: name })) });
  for (const [index, button] of (buttons ?? []).filter((one: unknown) => one !== null).entries()) {
    if (button.type === 'copy_code') {
      if (String(button.parameter).length > 15) return 'lost';
      components.push({ type: 'button', sub_type: 'copy_code', index, parameters: [{ type: 'coupon_code', coupon_code: clean(button.parameter) }] });
    } else if (button.type === 'url') components.push({ type: 'button', sub_type: 'url', index, parameters: [{ type: 'text', text: clean(button.parameter) }] });
  }
  return { name: params.name, language: { code: params.language }, components };
}

/** Liquid as far as tests need it: raw blocks stay, unknown variables are nothing. */
function liquid(text: string): string {
  return text.split(/(\{% raw %\}[^]*?\{% endraw %\})/).map((part) => (part.startsWith('{% raw %}') ? part.slice(9, -12) : part.replace(/\{\{ '([^']*)' \}\}/g, '$1').replace(/\{\{[^}]*\}\}/g, ''))).join('');
}

/** The type of a file, as far as its address tells; what vendors without uploads go by. */
export function mimeOf(address: string): string {
  const ending = /\.([a-z\d]{2,5})$/i.exec(URL.canParse(address) ? new URL(address).pathname : '')?.[1]?.toLowerCase() ?? '';
  const kinds: Record<string, string> = {
    jpg: 'image/jpeg', jpeg: 'image/jpeg', png: 'image/png', webp: 'image/webp', gif: 'image/gif', svg: 'image/svg+xml', heic: 'image/heic',
    mp4: 'video/mp4', '3gp': 'video/3gpp', mov: 'video/quicktime', avi: 'video/x-msvideo', mp3: 'audio/mpeg', ogg: 'audio/ogg', m4a: 'audio/mp4', wav: 'audio/wav', pdf: 'application/pdf',
  };
  return kinds[ending] ?? 'application/octet-stream';
}

/** Template components of a vendor that knows the text and the kind of the header only, and takes the values in their order. */
export function componentsOf(values: string[], header?: { kind: string; link: unknown }): any[] {
  return [
    ...(header ? [{ type: 'header', parameters: [{ type: header.kind, [header.kind]: { link: header.link } }] }] : []),
    ...(values.length ? [{ type: 'body', parameters: values.map((text) => ({ type: 'text', text })) }] : []),
  ];
}
