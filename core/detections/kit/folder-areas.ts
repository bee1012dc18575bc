/**
 * `mail`: inbox, sent items, the whole mailbox; `diary`: calendar, contacts and tasks, which people share every day;
 * `other`: anything else, among them folders of one’s own and default folders in a language that is not here.
 */
export type FolderArea = 'mail' | 'diary' | 'other'

/** Default folders are called by their name in the mailbox’s language; records hold no other mark of them. */
const INBOX = names(
  'Inbox/Posteingang/Boîte de réception/Bandeja de entrada/Posta in arrivo/Postvak IN/Caixa de Entrada/A Receber',
  'Inkorgen/Innboks/Indbakke/Saapuneet/Skrzynka odbiorcza/Doručená pošta/Beérkezett üzenetek/Mesaje primite',
  'Входящие/Вхідні/Входящи/Εισερχόμενα/Gelen Kutusu/受信トレイ/收件箱/收件匣/받은 편지함/Prejeto/Primljeno',
)
const SENT = names(
  'Sent Items/Sent/Gesendete Elemente/Éléments envoyés/Elementos enviados/Posta inviata/Verzonden items',
  'Itens Enviados/Skickat/Skickade objekt/Sendte elementer/Sendt post/Lähetetyt/Elementy wysłane/Odeslaná pošta',
  'Odoslaná pošta/Elküldött elemek/Elemente trimise/Отправленные/Надіслані/Изпратени/Απεσταλμένα',
  'Gönderilmiş Öğeler/送信済みアイテム/已发送邮件/寄件備份/보낸 편지함/Poslano',
)
const MAIL = new Set([...INBOX, ...SENT, ...names('Top of Information Store/Root')])
const DIARY = names(
  'Calendar/Kalender/Calendrier/Calendario/Calendário/Agenda/Kalenteri/Kalendarz/Kalendář/Kalendár/Naptár',
  'Календарь/Календар/Ημερολόγιο/Takvim/予定表/日历/行事曆/일정/Koledar/Kalendar',
  'Contacts/Kontakte/Contactos/Contatti/Contactpersonen/Contatos/Kontakter/Yhteystiedot/Kontakty/Névjegyek',
  'Контакты/Контакти/Επαφές/Kişiler/連絡先/联系人/連絡人/연락처/Stiki/Kontakti/PersonMetadata',
  'Tasks/Aufgaben/Tâches/Tareas/Attività/Taken/Tarefas/Uppgifter/Opgaver/Oppgaver/Tehtävät/Zadania/Úkoly',
  'Úlohy/Feladatok/Sarcini/Задачи/Завдання/Εργασίες/Görevler/タスク/仕事/任务/工作/작업/Opravila',
)

/** Of a folder by its path (`\Inbox\Projects`): the first part decides. No part at all is the whole mailbox. */
export function folderArea(path: string): FolderArea {
  const name = firstPart(path)
  if (name === '' || MAIL.has(name)) return 'mail'
  return DIARY.has(name) ? 'diary' : 'other'
}

/** Sent items, or a folder inside them. */
export function isSentFolder(path: string): boolean {
  return SENT.has(firstPart(path))
}

function firstPart(path: string): string {
  return folded(path.split(/[\\/]/).find(part => part.trim() !== '') ?? '')
}

function names(...lines: readonly string[]): ReadonlySet<string> {
  return new Set(lines.flatMap(line => line.split('/')).map(folded))
}

/** Accents come composed or not, depending on who typed them. */
function folded(name: string): string {
  return name.normalize('NFKC').trim().toLowerCase()
}
