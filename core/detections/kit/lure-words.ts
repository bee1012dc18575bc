import { fold } from './fold.ts'

export type LureClass = 'security' | 'finance' | 'brand'

/**
 * Words a thief has his rule look for: warnings the owner must not see, and the money he is after. A star stands for
 * any ending. Written for this project; a language a line.
 */
const WORDS: Readonly<Record<LureClass, readonly string[]>> = {
  security: [
    'password*, passcode*, phish*, scam*, fraud*, spam*, hack*, malware, virus*, compromis*, breach*, suspicious, unusual',
    'unauthorised, unauthorized, sign in, sign-in, signin, login*, log in, security alert*, security info, verification',
    'verify, mfa, 2fa, otp, authenticator, one-time code, helpdesk, help desk, it support, reset, fake, do not click',
    'do not open, did you send, undeliverable, delivery failure, mailer-daemon, postmaster, account locked',
    'passwort*, kennwort*, betrug*, betrüg*, gehackt*, verdächtig*, sicherheitswarnung*, sicherheitshinweis*, anmelde*',
    'bestätigungscode*, verifizier*, kontosperr*, schadsoftware, ungewöhnlich*, unzustellbar*, gefälscht*',
    'mot de passe, mots de passe, hameçonnage, fraude*, pirat*, suspect*, alerte de sécurité, vérification, arnaque*',
    'connexion inhabituelle, contraseña*, estafa*, sospechos*, inicio de sesión, alerta de seguridad, verificación',
    'suplantación, frode, frodi, truff*, sospett*, avviso di sicurezza, codice di verifica, accesso insolito',
    'senha*, palavra-passe, golpe*, suspeit*, alerta de segurança, verificação, wachtwoord*, verdacht*, oplichting',
    'beveiligingsmelding*, verificatie*, hasło, hasła, oszust*, podejrzan*, logowani*, weryfikac*, wirus*',
    'lösenord*, misstänkt*, bedrägeri*, inloggning*, adgangskode*, mistænkelig*, svindel*, passord*, mistenkelig*',
    'salasana*, epäilyttäv*, huijau*, heslo, hesla, podezřel*, podvod*, şifre*, parola*, şüpheli*, dolandırıc*',
    'парол*, мошенни*, подозрительн*, взлом*, вход в систему, безопасност*, підозріл*, шахрай*, κωδικ*, απάτη, ύποπτ*',
    'パスワード, 不審, 詐欺, 不正アクセス, 認証コード, ウイルス, 密码, 密碼, 钓鱼, 釣魚, 诈骗, 詐騙, 可疑, 验证码, 驗證碼',
    '비밀번호, 피싱, 사기, 의심스러운, 인증번호, كلمة المرور, احتيال, סיסמה, סיסמא, הונאה',
  ],
  finance: [
    'invoic*, payment*, payable*, remit*, wire, wire transfer*, bank detail*, bank account*, banking, iban, swift, bic',
    'sepa, ach, eft, payroll, salary, salaries, wage*, direct deposit*, deposit*, purchase order*, past due, overdue',
    'receivable*, refund*, billing, credit note*, cheque*, escrow, w-2, w2, tax return*, routing number*',
    'rechnung*, zahlung*, überweisung*, bankverbindung*, kontoverbindung*, mahnung*, gehalt*, gutschrift*',
    'factur*, paiement*, virement*, coordonnées bancaires, rib, salaire*, acompte*, pago*, transferenci*, datos bancarios',
    'nómina*, salario*, fattur*, pagament*, bonific*, coordinate bancarie, stipendi*, fatura*, dados bancários, boleto*',
    'betaling*, overboeking*, bankgegevens, salaris*, aanmaning*, faktur*, płatnoś*, przelew*, rachunek, wynagrodzeni*',
    'betalning*, bankkonto*, överföring*, overførsel*, lönebesked, lasku*, maksu*, tilisiirto*, palkka*, platb*, převod*',
    'ödeme*, havale*, maaş*, счёт*, оплат*, платёж*, платеж*, зарплат*, инвойс*, рахун*, переказ*, τιμολόγι*, πληρωμ*',
    '請求書, 支払, 振込, 給与, 口座, 发票, 發票, 付款, 转账, 轉帳, 汇款, 匯款, 工资, 银行账户, 송장, 청구서, 결제, 송금, 급여, 계좌',
    'فاتورة, دفعة, חשבונית, תשלום',
  ],
  brand: [
    'microsoft, microsoft 365, office 365, sharepoint, onedrive, docusign, adobe, dropbox, wetransfer, paypal, amazon',
    'google, linkedin, intuit, quickbooks, xero, stripe, zoom, dhl, fedex, fattureincloud, datev, lexoffice, revolut, wise',
  ],
}

/** Scripts that write without blanks: there a word ends nowhere. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u

const PATTERNS = new Map(Object.entries(WORDS).map(([kind, lines]) => [kind, pattern(lines)]))

/** Any of the words of some lines, in a text that `fold` has gone over. */
export function pattern(lines: readonly string[]): RegExp {
  const all = lines.flatMap(line => line.split(',').map(fold))
  const spaced = all.filter(word => !UNSPACED.test(word.normalize('NFC'))).map(source)
  const unspaced = all.filter(word => UNSPACED.test(word.normalize('NFC')))
  return new RegExp(
    `(?<![\\p{L}\\p{N}])(?:${spaced.join('|')})(?![\\p{L}\\p{N}])|${unspaced.join('|') || '(?!)'}`,
    'u',
  )
}

/** `sign in`, `sign-in` and `signin` are one. */
function source(word: string): string {
  return word.replace(/[- ]/g, '[- ]?').replace(/\*$/, '\\p{L}*')
}

/** Conditions of real rules hold a few hundred characters. */
const LONGEST = 10_000

/** Which classes of words a rule’s conditions name, each as whole words in whatever case, with or without accents. */
export function lureClasses(texts: readonly string[]): ReadonlySet<LureClass> {
  const folded = fold(texts.join(' ; ').slice(0, LONGEST))
  const found = new Set<LureClass>()
  for (const kind of ['security', 'finance', 'brand'] as const)
    if (PATTERNS.get(kind)?.test(folded)) found.add(kind)
  return found
}
