/** The version that lock records carry. */
export const VERSION = '1.0.0';
