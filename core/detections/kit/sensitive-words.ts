/** Why somebody would look for a word in another person's mail. */
export const CLASSES = ['passwords', 'payments', 'pay and people', 'deals and disputes'] as const
export type SensitiveClass = (typeof CLASSES)[number]

/**
 * Our own words, without accents, in the languages of the firms we know: what opens doors, moves money, names people
 * or is worth selling. Whole words; a plural counts as the word. Words of everyday work (`account`, `access`) are left out.
 */
const WORDS: Readonly<Record<SensitiveClass, readonly string[]>> = {
  passwords: [
    ...[
      'password',
      'passcode',
      'passphrase',
      'credential',
      'login detail',
      'sign in detail',
      'recovery code',
    ],
    ...[
      'recovery key',
      'bitlocker',
      'private key',
      'api key',
      'seed phrase',
      'keepass',
      'lastpass',
      '1password',
    ],
    ...['vpn', 'mfa', '2fa', 'authenticator', 'one time code', 'passwort', 'kennwort', 'zugangsdaten'],
    ...['mot de passe', 'identifiant', 'contrasena', 'senha', 'wachtwoord', 'haslo', 'parola', 'пароль'],
  ],
  payments: [
    ...['invoice', 'remittance', 'bank detail', 'bank account', 'wire transfer', 'sort code', 'iban', 'bic'],
    ...['swift', 'routing number', 'ach', 'direct debit', 'purchase order', 'proforma', 'overdue', 'escrow'],
    ...[
      'rechnung',
      'bankverbindung',
      'uberweisung',
      'facture',
      'virement',
      'rib',
      'factura',
      'transferencia',
    ],
    ...['fattura', 'bonifico', 'factuur', 'faktura', 'przelew', 'счет'],
  ],
  'pay and people': [
    ...['payroll', 'payslip', 'salary', 'tax return', 'national insurance', 'social security', 'passport'],
    ...[
      'driving licence',
      'date of birth',
      'sick note',
      'redundancy',
      'dismissal',
      'gehalt',
      'lohnabrechnung',
    ],
    ...['personalausweis', 'krankmeldung', 'salaire', 'bulletin de paie', 'nomina', 'stipendio', 'salaris'],
    ...['wynagrodzenie', 'зарплата'],
  ],
  'deals and disputes': [
    ...['acquisition', 'merger', 'due diligence', 'term sheet', 'letter of intent', 'nda', 'non disclosure'],
    ...['settlement', 'litigation', 'lawsuit', 'board paper', 'board minute', 'shareholder', 'confidential'],
    ...['privileged', 'trade secret', 'insurance claim', 'vertraulich', 'geschaftsgeheimnis', 'confidentiel'],
    ...['confidencial', 'riservato', 'vertrouwelijk', 'poufne'],
  ],
}

export interface SensitiveWord {
  readonly word: string
  readonly of: SensitiveClass
}

const ALL: readonly SensitiveWord[] = CLASSES.flatMap(of => WORDS[of].map(word => ({ word, of })))

/** Queries are typed by people; the longest are lists of addresses. */
const LONGEST_QUERY = 2_000

/** The sensitive words of a search, each once. */
export function sensitiveWords(query: string): readonly SensitiveWord[] {
  const text = ` ${foldQuery(query).replace(/[^\p{L}\p{N}]+/gu, ' ')} `
  return ALL.filter(({ word }) => text.includes(` ${word} `) || text.includes(` ${word}s `))
}

/** A query as it counts: without case, accents and repeated blanks. Empty for one that asks for everything. */
export function foldQuery(query: string): string {
  const folded = query
    .slice(0, LONGEST_QUERY)
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .trim()
  return /^[\s()"'*]*$/.test(folded) ? '' : folded
}
