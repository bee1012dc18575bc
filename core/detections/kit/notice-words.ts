import { fold } from './fold.ts'
import { pattern } from './lure-words.ts'

/**
 * What notices say of new ways to sign in and of sign-ins nobody expects, by Microsoft and by those who copied its words.
 * Written for this project; a language a line. A star stands for any ending.
 */
const NOTICES = pattern([
  'security info*, sign-in method*, authentication method*, verification method*, authenticator app*, microsoft authenticator',
  'multi-factor*, multifactor*, two-step verification, two-factor*, mfa, new device, new sign-in, unusual sign-in*',
  'suspicious sign-in*, device registered, device was registered, password was changed, password changed, password reset',
  'sicherheitsinfo*, anmeldemethode*, authentifizierungsmethode*, überprüfungsmethode*, mehrstufige*, zweistufige*',
  'neues gerät, neue anmeldung, ungewöhnliche anmelde*, ungewöhnliche anmeldung, kennwort geändert, kennwort wurde geändert',
  'informations de sécurité, méthode de connexion, méthode d’authentification, authentification multifacteur',
  'nouvel appareil, nouvelle connexion, connexion inhabituelle, mot de passe modifié, validation en deux étapes',
  'información de seguridad, método de inicio de sesión, método de autenticación, autenticación multifactor',
  'nuevo dispositivo, nuevo inicio de sesión, inicio de sesión inusual, verificación en dos pasos, contraseña cambiada',
  'informazioni di sicurezza, metodo di accesso, metodo di autenticazione, autenticazione a più fattori, nuovo dispositivo',
  'nuovo accesso, accesso insolito, verifica in due passaggi, password modificata',
  'informações de segurança, método de entrada, método de autenticação, autenticação multifator, novo dispositivo',
  'nova entrada, novo início de sessão, entrada incomum, verificação em duas etapas, senha alterada',
  'beveiligingsgegevens, beveiligingsinfo, aanmeldingsmethode*, verificatiemethode*, meervoudige verificatie',
  'nieuw apparaat, nieuwe aanmelding, ongebruikelijke aanmelding*, wachtwoord gewijzigd, tweestapsverificatie',
  'informacje zabezpieczające, informacji zabezpieczających, metoda logowania, metoda uwierzytelniania',
  'uwierzytelnianie wieloskładnikowe, nowe urządzenie, nowe logowanie, nietypowe logowanie, hasło zostało zmienione',
  'säkerhetsinformation, inloggningsmetod*, multifaktor*, ny enhet, ny inloggning, ovanlig inloggning',
  'sikkerhedsoplysninger, logonmetode*, godkendelsesmetode*, ny enhed, nyt logon, usædvanligt logon',
  'sikkerhetsinformasjon, påloggingsmetode*, flerfaktor*, ny pålogging, uvanlig pålogging, suojaustie*, kirjautumistapa',
  'monimenetelmäinen*, uusi laite, uusi kirjautuminen, bezpečnostní údaje, bezpečnostní informace, metoda přihlášení',
  'vícefaktorové*, nové zařízení, nové přihlášení, güvenlik bilgileri, oturum açma yöntemi, çok faktörlü*, yeni cihaz',
  'сведения для защиты, сведения безопасности, способ входа, метод проверки подлинности, многофакторн*, новое устройство',
  'новый вход, необычный вход, відомості про безпеку, багатофакторн*, новий вхід, στοιχεία ασφαλείας, νέα σύνδεση',
  'セキュリティ情報, サインイン方法, 多要素認証, 新しいデバイス, 新しいサインイン, 不審なサインイン, 安全信息, 登录方法',
  '多重身份验证, 新设备, 新登录, 異常登入, 安全性資訊, 登入方法, 多重要素驗證, 보안 정보, 로그인 방법, 다단계 인증, 새 장치',
  'معلومات الأمان, مصادقة متعددة, פרטי אבטחה, אימות רב',
])

/** Longer subjects are cut: those of notices are short. */
const LONGEST = 500

/** Does a subject belong to a notice about the account itself? */
export function isSecurityNotice(subject: string): boolean {
  return NOTICES.test(fold(subject.slice(0, LONGEST)))
}
