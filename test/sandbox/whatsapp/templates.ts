/**
 * WhatsApp templates of every kind, as Meta lists them. Names and shapes are those of the templates that were tried on a
 * real Chatwoot 4.15.1 whose Graph calls were judged by Meta's rules.
 */
export interface MetaTemplate {
  name: string;
  language: string;
  category: string;
  status: string;
  parameter_format?: 'NAMED' | 'POSITIONAL';
  components: Array<Record<string, unknown>>;
}

const body = (text: string) => ({ type: 'BODY', text });
const buttons = (...list: Array<Record<string, unknown>>) => ({ type: 'BUTTONS', buttons: list });
const quick = (text = 'Sim') => ({ type: 'QUICK_REPLY', text });
const url = (address: string, text = 'Ver') => ({ type: 'URL', text, url: address });
const phone = { type: 'PHONE_NUMBER', text: 'Ligar', phone_number: '+551130001000' };
const copy = { type: 'COPY_CODE', text: 'Copiar', example: 'DESC10' };

function template(name: string, components: Array<Record<string, unknown>>, more: Partial<MetaTemplate> = {}): MetaTemplate {
  return { name, language: 'pt_BR', category: 'UTILITY', status: 'APPROVED', components, ...more };
}

export const metaTemplates: MetaTemplate[] = [
  template('body_pos', [body('Olá {{1}}, o pedido {{2}} está pronto.')]),
  template('body_order', [body('Pedido {{2}} de {{1}} saiu.')]),
  template('body_named', [body('Olá {{first_name}}, o pedido {{order_number}} está pronto.')], { parameter_format: 'NAMED' }),
  template('no_vars', [body('Sua consulta é amanhã.'), { type: 'FOOTER', text: 'Clínica' }]),
  template('header_text', [{ type: 'HEADER', format: 'TEXT', text: 'Pedido {{1}}' }, body('Olá {{1}}, já saiu.')]),
  template('header_named', [{ type: 'HEADER', format: 'TEXT', text: 'Pedido {{order}}' }, body('Olá {{name}}, já saiu.')], { parameter_format: 'NAMED' }),
  template('header_image', [{ type: 'HEADER', format: 'IMAGE' }, body('Olá {{1}}, veja a oferta.')], { category: 'MARKETING' }),
  template('header_video', [{ type: 'HEADER', format: 'VIDEO' }, body('Olá {{1}}, veja o vídeo.')]),
  template('header_document', [{ type: 'HEADER', format: 'DOCUMENT' }, body('Olá {{1}}, segue a nota.')]),
  template('header_lower', [{ type: 'header', format: 'image' }, { type: 'body', text: 'Olá {{ 1 }}, veja.' }]),
  template('header_location', [{ type: 'HEADER', format: 'LOCATION' }, body('Olá {{1}}, estamos aqui.')]),
  template('btn_quick', [body('Olá {{1}}, confirma?'), buttons(quick(), quick('Não'))]),
  template('btn_url_var', [body('Olá {{1}}, acompanhe.'), buttons(url('https://example.com/p/{{1}}'))]),
  template('btn_url_named', [body('Olá {{nome}}, acompanhe.'), buttons(url('https://example.com/{{codigo}}'))], { parameter_format: 'NAMED' }),
  template('btn_two_urls', [body('Olá {{1}}, escolha.'), buttons(url('https://example.com/a/{{1}}'), url('https://example.com/b/{{1}}'))]),
  template('btn_static_url', [body('Olá {{1}}, veja.'), buttons(url('https://example.com/'))]),
  template('btn_quick_url', [body('Olá {{1}}, veja.'), buttons(quick(), url('https://example.com/p/{{1}}'))]),
  template('btn_phone_url', [body('Olá {{1}}, veja.'), buttons(phone, url('https://example.com/p/{{1}}'))]),
  template('btn_copy', [body('Olá {{1}}, use o cupom.'), buttons(copy)], { category: 'MARKETING' }),
  template('btn_copy_second', [body('Olá {{1}}, use o cupom.'), buttons(url('https://example.com/'), copy)]),
  template('otp_code', [body('*{{1}}* é seu código de verificação.'), buttons({ type: 'URL', text: 'Copiar código', url: 'https://www.whatsapp.com/otp/code/?otp_type=COPY_CODE&code=otp{{1}}' })], { category: 'AUTHENTICATION' }),
  template('otp_button', [body('*{{1}}* é seu código.'), buttons({ type: 'OTP', otp_type: 'COPY_CODE', text: 'Copiar código' })], { category: 'AUTHENTICATION' }),
  template('promo', [body('Olá {{1}}, promoção de {{2}}!')], { category: 'MARKETING' }),
  template('promo', [body('Hola {{1}}, ¡promoción de {{2}}!')], { category: 'MARKETING', language: 'es' }),
  template('catalogue', [body('Olá {{1}}, veja o catálogo.'), buttons({ type: 'CATALOG', text: 'Ver catálogo' })], { category: 'MARKETING' }),
  template('flow', [body('Olá {{1}}, responda.'), buttons({ type: 'FLOW', text: 'Responder', flow_id: '1' })]),
  template('limited', [{ type: 'LIMITED_TIME_OFFER', limited_time_offer: { text: 'Só hoje', has_expiration: true } }, body('Olá {{1}}, só hoje.'), buttons(copy, url('https://example.com/{{1}}'))], { category: 'MARKETING' }),
  template('carousel', [
    body('Olá {{1}}, novidades.'),
    {
      type: 'CAROUSEL',
      cards: [
        { components: [{ type: 'HEADER', format: 'IMAGE' }, body('Bolo de {{1}}'), buttons(quick(), url('https://example.com/c/{{1}}'))] },
        { components: [{ type: 'HEADER', format: 'IMAGE' }, body('Torta'), buttons(quick(), url('https://example.com/c/{{1}}'))] },
      ],
    },
  ], { category: 'MARKETING' }),
  template('eleven', [body(Array.from({ length: 11 }, (_, index) => `a{{${index + 1}}}`).join(' ') + ' fim')]),
  template('pausado', [body('Olá {{1}}!')], { status: 'PAUSED' }),
  template('reprovado', [body('COMPRE {{1}}!')], { status: 'REJECTED' }),
];
