/** Our own words as Markdown: what would be read as HTML, a link or the end of a cell is escaped; code spans stay. */
export function words(text: string): string {
  return text
    .split(/(`[^`]*`)/)
    .map(part => (part.startsWith('`') ? part.replaceAll('|', '\\|') : part.replace(/[<|*[\]\\]/g, escaped)))
    .join('')
}

function escaped(sign: string): string {
  return sign === '<' ? '&lt;' : `\\${sign}`
}

/** Cells are Markdown already. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

export function bullets(items: readonly string[]): string {
  return items.map(item => `- ${item}`).join('\n')
}

/** A link to the section of a detection on the same page. */
export function toDetection(id: string): string {
  return `[${id}](#${id})`
}
