const foreground = (normal: string, subtle: string) => ({ default: normal, subtle })

const ON_WHITE = {
  default: foreground('#242424', '#616161'),
  dark: foreground('#242424', '#616161'),
  light: foreground('#ffffff', '#f0f0f0'),
  accent: foreground('#5b5fc7', '#5b5fc7'),
  good: foreground('#237b4b', '#237b4b'),
  warning: foreground('#835c00', '#835c00'),
  attention: foreground('#c4314b', '#c4314b'),
}

const container = (backgroundColor: string) => ({ backgroundColor, foregroundColors: ON_WHITE })

const SIZES = { small: 12, default: 14, medium: 14, large: 18, extraLarge: 24 }
const WEIGHTS = { lighter: 400, default: 400, bolder: 600 }
const FONT = '"Segoe UI", -apple-system, "Helvetica Neue", Arial, sans-serif'

/** Sizes and colours near those of Teams' light theme, measured by eye: enough to judge a card, not a copy of Teams. */
export const HOST_CONFIG = {
  // With font types the renderer reads family, sizes and weights from each of them, and has no defaults there.
  fontTypes: {
    default: { fontFamily: FONT, fontSizes: SIZES, fontWeights: WEIGHTS },
    monospace: {
      fontFamily: 'Consolas, "SF Mono", Menlo, "DejaVu Sans Mono", monospace',
      fontSizes: SIZES,
      fontWeights: WEIGHTS,
    },
  },
  fontSizes: SIZES,
  fontWeights: WEIGHTS,
  lineHeights: { small: 16, default: 20, medium: 20, large: 24, extraLarge: 32 },
  spacing: { small: 8, default: 12, medium: 16, large: 20, extraLarge: 24, padding: 16 },
  separator: { lineThickness: 1, lineColor: '#e0e0e0' },
  supportsInteractivity: true,
  containerStyles: {
    default: container('#ffffff'),
    emphasis: container('#f0f0f0'),
    attention: container('#f9d9d9'),
    warning: container('#fbf0c8'),
    good: container('#e7f2da'),
    accent: container('#e8ebfa'),
  },
  actions: {
    maxActions: 6,
    spacing: 'default',
    buttonSpacing: 8,
    actionsOrientation: 'horizontal',
    actionAlignment: 'left',
    showCard: { actionMode: 'inline', inlineTopMargin: 16 },
  },
  adaptiveCard: { allowCustomStyle: false },
  factSet: {
    title: { weight: 'bolder', wrap: true, maxWidth: 140 },
    value: { wrap: true },
    spacing: 16,
  },
} as const
