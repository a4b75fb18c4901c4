import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '#config';
import { readerLocale, type UserLanguage } from '#contracts';
import { composeSystemMail, type SystemMailMessage, type TeamMember } from '#identity';
import { OptOutLinks } from '#notifications';
import type { SavedView } from './saved-view.js';
import { dayIn, type ViewFile } from './view-files.service.js';
import { VIEW_PARAMETER } from './view-stops.service.js';
import { MOST_ROWS } from './view-table.js';
import { VIEW_TEXTS } from './view-texts.js';

interface LetterFacts {
  readonly member: TeamMember;
  readonly organisation: string;
  readonly file: ViewFile;
}

/** The e-mails that carry saved views. */
@Injectable()
export class ViewLetters {
  constructor(
    private readonly links: OptOutLinks,
    @Inject(CONFIG) private readonly config: Pick<Config, 'PUBLIC_URL'>,
  ) {}

  compose(
    { id, name, screen, query, organisationId }: SavedView,
    { member, organisation, file }: LetterFacts,
  ): SystemMailMessage {
    const language = languageOf(member);
    const { t } = VIEW_TEXTS.in(language);
    const day = dayIn(readerLocale(language, member));
    const { days, isCut = false } = file;
    const table = t(`tables.${file.table}`);
    const values = { name, table, when: days === null ? '' : t('period', { from: day(days.from), to: day(days.to) }) };
    const about = { organisationId, organisation, kind: 'saved-views' } as const;
    const all = this.links.settings(member, about, 'chosen');
    const settings = { ...all, label: t('stop', values), url: `${all.url}?${VIEW_PARAMETER}=${id}` };
    const reader = { ...member, teamOf: organisationId, settings };
    const letter = composeSystemMail(reader, {
      language,
      subject: t(days === null ? 'subjectNow' : 'subject', values),
      paragraphs: [
        t(days === null ? 'whatNow' : 'what', values),
        ...(isCut ? [t('cutText', { rows: MOST_ROWS.toLocaleString(language) })] : []),
        t('how'),
      ],
      button: { label: t('button'), url: `${this.config.PUBLIC_URL}${screen}${query === '' ? '' : `?${query}`}` },
      closing: t('closing'),
    });
    return { ...letter, attachment: { name: file.name, type: file.type, content: file.content } };
  }
}

/** The language of a reader's files and e-mails. */
export const languageOf = ({ locale }: Pick<TeamMember, 'locale'>): UserLanguage => VIEW_TEXTS.in(locale).language;
