import { json, text } from '../../model/values.ts'

/**
 * The entries a parameter with several values sets or adds: a list with `;` or `,`, a JSON list, or a change such as
 * `@{Add="a","b"; Remove="c"}`, which Exchange Online writes as `+a;+b;-c` and of which only the added part counts. Empty for
 * a parameter that is being emptied.
 */
export function additions(values: readonly string[] | undefined): readonly string[] {
  return (values ?? []).flatMap(value => {
    const listed = json(value)
    if (Array.isArray(listed)) return listed.flatMap(entry => text(entry) ?? [])
    const parts = [...value.matchAll(/(?:^|[@{;,\s"'])(add|remove)["']?\s*[=:]/gi)]
    if (parts.length === 0) return split(value)
    return parts.flatMap((part, n) => {
      if (part[1]?.toLowerCase() !== 'add') return []
      return split(value.slice(part.index + part[0].length, parts[n + 1]?.index))
    })
  })
}

function split(value: string): string[] {
  return value.split(/[;,]/).flatMap(entry => {
    const bare = entry.replace(/^[\s@{(["']+|[\s})\]"']+$/g, '')
    return bare.startsWith('-') ? [] : (text(bare.replace(/^\+/, '')) ?? [])
  })
}
