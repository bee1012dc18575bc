/** Invisible characters, blanks that Unicode counts as letters (Hangul fillers) or symbols (Braille) among them. */
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\p{Cc}\u2800]/gu

/** Rows of keys a hand runs along; three in a row are no word in any of them. */
const KEY_ROWS = ['qwertyuiop', 'qwertzuiop', 'azertyuiop', 'asdfghjkl', 'qsdfghjkl', 'zxcvbnm', 'yxcvbnm']

const LONGEST_REPETITION = 8

/** Why a name seems chosen to be overlooked, in words that follow `its name`; `undefined` for an ordinary one. */
export function suspiciousName(name: string): string | undefined {
  const visible = name.normalize('NFKC').replace(INVISIBLE, '').trim()
  if (visible === '') return 'is blank'
  if (!/[\p{L}\p{N}]/u.test(visible)) return 'has no letter or digit'
  const bare = [...visible.toLowerCase().replace(/[\s.]/g, '')]
  if (bare.length === 1) return 'is one character'
  if (bare.length <= LONGEST_REPETITION && new Set(bare).size === 1) return 'is one character repeated'
  const typed = bare.join('')
  if (typed.length >= 3 && KEY_ROWS.some(row => row.includes(typed))) return 'is a run along the keyboard'
  return undefined
}

/** A name for a sentence: without what cannot be seen, and short. */
export function shownName(name: string): string {
  const visible = name.replace(INVISIBLE, '').trim()
  if (visible === '') return '(blank)'
  return visible.length > 60 ? `${visible.slice(0, 59).toWellFormed()}…` : visible
}
