import { createInstance, type TFunction } from 'i18next';
import { directionOf, type Locale } from './locale.js';

/**
 * The keys of a JSON file: `title`, `errors.empty`. A text with plural forms
 * (`days_one`, `days_other`) has one key (`days`).
 */
type TextKey<Tree> = {
  [Key in keyof Tree & string]: Tree[Key] extends string
    ? Key extends `${infer Base}_${'one' | 'other'}`
      ? Base
      : Key
    : `${Key}.${TextKey<Tree[Key]>}`;
}[keyof Tree & string];

/** Values for the `{{names}}` of a text. `count` selects the plural form. */
type TextValues = Readonly<Record<string, string | number>>;

/** The texts of one feature in one language. */
export interface Translation<Tree, Language extends string = string> {
  readonly language: Language;
  /**
   * @returns plain text: values are not escaped for HTML. Names in a
   *   right-to-left language are isolated (Unicode's first strong isolate).
   * @throws Error if a value for the text is missing.
   */
  readonly t: (key: TextKey<Tree>, values?: TextValues) => string;
}

/**
 * Texts of one feature, from one JSON file per language. The compiler rejects
 * an unknown key, and a language that lacks one.
 */
export class Texts<Tree extends object, Language extends string = never> {
  /** English is first. */
  readonly languages: readonly ('en' | Language)[];
  private readonly translate: (language: string) => TFunction;

  /** @param others the other languages, by BCP 47 language. */
  constructor(en: Tree, others: Readonly<Record<Language, NoInfer<Tree>>>) {
    const trees: Readonly<Record<string, object>> = { en, ...others };
    this.languages = Object.keys(trees) as ('en' | Language)[];
    const i18n = createInstance({
      // Without this the first texts would be empty.
      initAsync: false,
      lng: 'en',
      fallbackLng: false,
      resources: Object.fromEntries(
        Object.entries(trees).map(([language, translation]) => [language, { translation }]),
      ),
      // Each caller escapes for its own medium: HTML, plain text, a header.
      interpolation: { escapeValue: false },
      missingInterpolationHandler: (text: string) => {
        throw new Error(`A value is missing for the text: ${text}`);
      },
    });
    void i18n.init();
    this.translate = (language) => i18n.getFixedT(language);
  }

  /**
   * The texts in the first wanted language that exists, else in English.
   * @param wanted BCP 47, the best first; null if unknown.
   */
  in(...wanted: readonly (string | null)[]): Translation<Tree, 'en' | Language> {
    const language =
      wanted
        .map((tag) => this.languages.find((one) => one === tag?.split('-')[0]?.toLowerCase()))
        .find((one) => one !== undefined) ?? 'en';
    const translate = this.translate(language);
    const isRightToLeft = directionOf(language as Locale) === 'rtl';
    return {
      language,
      t: (key, values = {}) => {
        const replace = isRightToLeft ? isolated(values) : values;
        // Without `nest: false` a name with `$t(…)` would be read as a key.
        // The portal types the keys of its own texts for every instance, and its
        // type check reads this file, too.
        return translate(key as never, {
          replace,
          nest: false,
          ...('count' in values && { count: Number(values['count']) }),
        });
      },
    };
  }
}

const isolated = (values: TextValues): TextValues =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, `\u2068${value}\u2069`]));
