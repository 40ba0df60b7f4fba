import { personalise, placeholderProblem } from '../../../nodes/shared/campaign/personalise';

const ana = { name: 'Ana Maria Souza', phone: '+351910000111', email: 'ana@example.com', customFields: { City: 'Porto', 'Data de Nascimento': '1990-12-25', Colours: ['red', 'blue'] } };

describe('personalise', () => {
  it.each([
    ['{first name}/{name}/{city}/{phone}/{email}', 'Ana/Ana Maria Souza/Porto/+351910000111/ana@example.com'],
    ['{First Name} {data_de_nascimento} {colours}', 'Ana 1990-12-25 red, blue'],
    ['no braces', 'no braces'],
  ])('%s', (text, filled) => expect(personalise(text, ana)).toBe(filled));

  it('takes the first word with letters for the first name', () => {
    expect(personalise('{first name}', { ...ana, name: '\u{1F338} Bia Lima' })).toBe('Bia');
    expect(personalise('{first name}', { ...ana, name: '\u{1F338}' })).toBe('');
    expect(personalise('{first name}', { ...ana, name: null })).toBe('');
  });

  it('lets a name have what would be a placeholder', () => expect(personalise('{name}', { ...ana, name: '{city}' })).toBe('{city}'));
});

describe('placeholderProblem', () => {
  it.each([
    ['Hello {name} from {city}', undefined],
    ['{{name}}', 'has double braces: {{name}}'],
    ['Hello {{ $json.name }}', 'has double braces: Hello {{ $json.name }}'],
    ['{nome}', 'has {nome}, which no contact has'],
    ['{constructor}', 'has {constructor}, which no contact has'],
  ])('%s: %s', (text, problem) => expect(placeholderProblem(text, ['City'])).toBe(problem));
});
