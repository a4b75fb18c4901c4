import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '#config';
import { readerLocale, type UserLanguage } from '#contracts';
import { composeSystemMail, type MailReader, type SystemMailMessage, type TeamMember } from '#identity';
import { OptOutLinks } from '#notifications';
import type { SavedView } from './saved-view.js';
import { dayIn, type ViewFile } from './view-files.service.js';
import type { ViewQueryFault } from './view-query.js';
import { VIEW_PARAMETER } from './view-stops.service.js';
import { MOST_ROWS } from './view-table.js';
import { VIEW_TEXTS } from './view-texts.js';

interface Recipient {
  readonly member: TeamMember;
  readonly organisation: string;
}

interface LetterFacts extends Recipient {
  readonly file: ViewFile;
}

/** The e-mails that carry saved views. */
@Injectable()
export class ViewLetters {
  constructor(
    private readonly links: OptOutLinks,
    @Inject(CONFIG) private readonly config: Pick<Config, 'PUBLIC_URL'>,
  ) {}

  compose(view: SavedView, { member, organisation, file }: LetterFacts): SystemMailMessage {
    const { name } = view;
    const language = languageOf(member);
    const { t } = VIEW_TEXTS.in(language);
    const day = dayIn(readerLocale(language, member));
    const { days, cut, printed } = file;
    const table = t(`tables.${file.table}`);
    const values = { name, table, when: days === null ? '' : t('period', { from: day(days.from), to: day(days.to) }) };
    const number = (value: number): string => value.toLocaleString(language);
    const sizeTexts =
      printed !== undefined && printed.of !== 'whole'
        ? [t(`paperText.${printed.of}`, { shown: number(printed.shown), all: number(printed.all) })]
        : cut === undefined
          ? []
          : [t(`cutText.${cut}`, { rows: number(MOST_ROWS) })];
    const letter = composeSystemMail(this.reader(view, { member, organisation }), {
      language,
      subject: t(days === null ? 'subjectNow' : 'subject', values),
      paragraphs: [t(days === null ? 'whatNow' : 'what', values), ...sizeTexts, t('how')],
      button: { label: t('button'), url: this.address(view) },
      closing: t('closing'),
    });
    return { ...letter, attachment: { name: file.name, type: file.type, content: file.content } };
  }

  /** Says why a view is not sent any more. */
  composeRefusal(view: SavedView, fault: ViewQueryFault, recipient: Recipient): SystemMailMessage {
    const { name } = view;
    const language = languageOf(recipient.member);
    const { t } = VIEW_TEXTS.in(language);
    return composeSystemMail(this.reader(view, recipient), {
      language,
      subject: t('refused.subject', { name }),
      paragraphs: [t('refused.what', { name }), t(`refused.${fault.reason}`, { ...fault }), t('refused.how')],
      button: { label: t('button'), url: `${this.config.PUBLIC_URL}${view.screen}` },
      closing: t('refused.closing'),
    });
  }

  /** A reader with a link that stops this view alone. */
  private reader({ id, name, organisationId }: SavedView, { member, organisation }: Recipient): MailReader {
    const about = { organisationId, organisation, kind: 'saved-views' } as const;
    const all = this.links.settings(member, about, 'chosen');
    const label = VIEW_TEXTS.in(languageOf(member)).t('stop', { name });
    return {
      ...member,
      teamOf: organisationId,
      settings: { ...all, label, url: `${all.url}?${VIEW_PARAMETER}=${id}` },
    };
  }

  private address({ screen, query }: SavedView): string {
    return `${this.config.PUBLIC_URL}${screen}${query === '' ? '' : `?${query}`}`;
  }
}

/** The language of a reader's files and e-mails. */
export const languageOf = ({ locale }: Pick<TeamMember, 'locale'>): UserLanguage => VIEW_TEXTS.in(locale).language;
