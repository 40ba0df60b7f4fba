/** Believable people of Brazil, Portugal, Spain and Latin America for seeds of any size; the same at every start. */
const GIVEN = ['Ana', 'João', 'Maria', 'Pedro', 'Beatriz', 'Lucas', 'Camila', 'Rafael', 'Juliana', 'Tiago', 'Inês', 'Gonçalo', 'Carmen', 'Álvaro', 'Lucía', 'Mateo', 'Sofía', 'Íñigo', 'Fernanda', 'Caio'];
const FAMILY = ['Silva', 'Souza', 'Oliveira', 'Conceição', 'Araújo', 'Ferreira', 'Duarte', 'Magalhães', 'García', 'Muñoz', 'Fernández', 'López', 'Nogueira', 'Peçanha', 'Castro', 'Ibáñez', 'Rocha'];
const CITIES: ReadonlyArray<readonly [city: string, country: string, countryCode: string, prefix: string, digits: number]> = [
  ['São Paulo', 'Brasil', 'BR', '55119', 8], ['Fortaleza', 'Brasil', 'BR', '55859', 8], ['Rio de Janeiro', 'Brasil', 'BR', '55219', 8],
  ['Lisboa', 'Portugal', 'PT', '35191', 7], ['Porto', 'Portugal', 'PT', '35193', 7],
  ['Madrid', 'España', 'ES', '346', 8], ['Sevilla', 'España', 'ES', '347', 8],
];
const COMPANIES = ['Padaria Pão Quente', 'Oficina do Zé', 'Clínica Bem Viver', 'Librería Luna', 'Ótica Visão', ''];

export interface Person {
  name: string;
  email: string;
  /** Digits with country code. */
  phone: string;
  city: string;
  country: string;
  countryCode: string;
  company: string;
}

/** Person number `index` (from 0); phones and e-mails never repeat. */
export function person(index: number): Person {
  const given = GIVEN[index % GIVEN.length]!;
  const family = FAMILY[Math.floor(index / GIVEN.length + index) % FAMILY.length]!;
  const [city, country, countryCode, prefix, digits] = CITIES[index % CITIES.length]!;
  const ascii = `${given}.${family}`.normalize('NFD').replace(/[\u0300-\u036f]/g, '').toLowerCase();
  return {
    name: `${given} ${family}`,
    email: `${ascii}.${index + 1}@example.com`,
    phone: prefix + String(10_000_000 + index * 7).slice(-digits).padStart(digits, '1'),
    city, country, countryCode,
    company: COMPANIES[index % COMPANIES.length]!,
  };
}
