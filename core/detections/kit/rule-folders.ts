import { fold } from './fold.ts'
import { suspiciousName } from './rule-name.ts'

/** How likely the owner is to see what a rule puts there. */
export type FolderClass = 'hidden' | 'archive' | 'ordinary'

/**
 * Folders that every mailbox has and nobody looks into for new mail, under the names Outlook gives them in its larger
 * languages. RSS is told by the one word all of them share.
 */
const HIDDEN = new Set(
  [
    'deleted items, gelöschte elemente, éléments supprimés, elementos eliminados, posta eliminata, itens excluídos',
    'itens eliminados, verwijderde items, elementy usunięte, borttaget, slettet post, slettede elementer',
    'poistetut, odstraněná pošta, silinmiş öğeler, удаленные, 削除済みアイテム, 已删除邮件, 刪除的郵件, 지운 편지함',
    'junk email, junk e-mail, junk, spam, junk-e-mail, courrier indésirable, correo no deseado, posta indesiderata',
    'lixo eletrônico, lixo eletrónico, ongewenste e-mail, wiadomości-śmieci, skräppost, uønsket post, uønsket e-post',
    'roskaposti, nevyžádaná pošta, önemsiz e-posta, нежелательная почта, 迷惑メール, 垃圾邮件, 垃圾郵件, 정크 메일',
    'conversation history, aufgezeichnete unterhaltungen, unterhaltungsverlauf, historique des conversations',
    'historial de conversaciones, cronologia conversazioni, histórico de conversas, gespreksgeschiedenis',
    'historia konwersacji, konversationshistorik, samtalehistorik, samtalelogg, журнал бесед, 会話の履歴, 对话历史记录',
    'sync issues, conflicts, local failures, server failures, synchronisierungsprobleme, problèmes de synchronisation',
    'problemas de sincronización, problemi di sincronizzazione, problemas de sincronização, synchronisatieproblemen',
    'notes, notizen, notas, note, notities, notatki, anteckningar, noter, notater, заметки, メモ, 便笺',
    'calendar, kalender, calendrier, calendario, calendário, agenda, kalendarz, kalenteri, календарь, 予定表, 日历',
    'drafts, entwürfe, brouillons, borradores, bozze, rascunhos, concepten, wersje robocze, utkast, kladder, luonnokset',
    'outbox, postausgang, boîte d’envoi, bandeja de salida, posta in uscita, caixa de saída, postvak uit, utkorgen',
    'recoverable items, deletions, purges, versions, clutter, journal, contacts, kontakte, contactos, contatti, tasks',
    'aufgaben, tâches, tareas, attività, tarefas, taken, quick step settings, yammer root, trash, bin, papierkorb',
  ].flatMap(line => line.split(',').map(fold)),
)

const ARCHIVE = new Set(
  'archive, archives, archiv, archivo, archivio, arquivo, arquivo morto, archief, archiwum, arkiv, arkisto, arşiv, архив'
    .split(',')
    .map(fold),
)

/** `MoveToFolder` is a name or a path, `<mailbox>:\Inbox\Suppliers`. A folder inside a hidden one is hidden too. */
export function folderClass(folder: string): FolderClass {
  const parts = folder
    .replace(/^[^\\/]*:(?=[\\/]|$)/, '')
    .split(/[\\/]/)
    .filter(part => part !== '')
  const names = parts.map(fold)
  const leaf = parts.at(-1)
  if (names.some(name => HIDDEN.has(name) || /(?<![\p{L}\p{N}])rss(?![\p{L}\p{N}])/u.test(name)))
    return 'hidden'
  if (leaf === undefined || suspiciousName(leaf) !== undefined) return 'hidden'
  return names.some(name => ARCHIVE.has(name)) ? 'archive' : 'ordinary'
}

/** An entry id: Base64 of some sixty bytes, which no folder is called. */
export function isFolderId(folder: string): boolean {
  return /^[\w+/=-]{40,}$/.test(folder)
}
