import { Body, Controller, Get, Header, HttpCode, Param, Post } from '@nestjs/common';
import { PageBrands } from '#brand';
import { Activations, ContactTopics } from '#activations';
import { Contacts } from '#contacts';
import { type Recipient, Unsubscribe } from '#engagement';
import { Organisations } from '#organisations';
import { SentEmails } from '#sequences';
import { Public } from '../http/authority.js';
import { ResponseMedia, Summary } from '../http/openapi.js';
import { PAGE_POLICY } from '../http/preview-policy.js';
import {
  preferencePage,
  type PreferenceFacts,
  readPreference,
  savedPage,
  unsubscribePage,
} from './preference-pages.js';

/** RFC 8058, 3.1. */
const isOneClick = (body: unknown): boolean =>
  (body as Partial<Record<string, unknown>> | undefined)?.['List-Unsubscribe'] === 'One-Click';

const isUndo = (body: unknown): boolean =>
  (body as Partial<Record<string, unknown>> | undefined)?.['choice'] === 'undo';

/**
 * The unsubscribe page and the preference page, in the contact's language and
 * the partner's branding.
 */
@Controller('u/:token')
export class UnsubscribeController {
  constructor(
    private readonly unsubscribing: Unsubscribe,
    private readonly contacts: Contacts,
    private readonly brands: PageBrands,
    private readonly organisations: Organisations,
    private readonly activations: Activations,
    private readonly topics: ContactTopics,
    private readonly emails: SentEmails,
  ) {}

  /** Changes nothing: RFC 8058 asks for a POST. */
  @Summary('Show the unsubscribe page. Changes nothing')
  @ResponseMedia('text/html')
  @Public()
  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('content-security-policy', PAGE_POLICY)
  @Header('cache-control', 'no-store')
  async page(@Param('token') token: string): Promise<string> {
    return unsubscribePage(await this.facts(token, await this.unsubscribing.recipient(token)));
  }

  @Summary('Show the e-mail preferences. Changes nothing')
  @ResponseMedia('text/html')
  @Public()
  @Get('preferences')
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('content-security-policy', PAGE_POLICY)
  @Header('cache-control', 'no-store')
  async preferences(@Param('token') token: string): Promise<string> {
    return preferencePage(await this.facts(token, await this.unsubscribing.recipient(token)));
  }

  /**
   * Serves the one click of a mail program (`List-Unsubscribe=One-Click`) and
   * the page's button. Safe to repeat.
   */
  @Summary('Unsubscribe or save e-mail preferences (also RFC 8058 one-click)')
  @ResponseMedia('text/html')
  @Public()
  @Post()
  @HttpCode(200)
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('content-security-policy', PAGE_POLICY)
  async unsubscribe(@Param('token') token: string, @Body() body: unknown): Promise<string> {
    // Mail programs send many of these at once and ignore the body: nothing is
    // loaded that only the page needs.
    if (!isOneClick(body)) return this.save(token, body);
    await this.unsubscribing.apply({ choice: 'unsubscribe' }, await this.unsubscribing.recipient(token));
    return '';
  }

  @Summary('Save e-mail preferences, or take back an opt-out')
  @ResponseMedia('text/html')
  @Public()
  @Post('preferences')
  @HttpCode(200)
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('content-security-policy', PAGE_POLICY)
  async save(@Param('token') token: string, @Body() body: unknown): Promise<string> {
    const recipient = await this.unsubscribing.recipient(token);
    const before = await this.facts(token, recipient);
    if (isUndo(body)) {
      if (before.present.isStoppedByOthers) return preferencePage(before);
      await this.unsubscribing.undo(recipient);
      return savedPage('undo', before);
    }
    const preference = readPreference(body, before.topics);
    await this.unsubscribing.apply(preference, recipient);
    // Mail may have stopped for another reason, which a choice does not change.
    const after = await this.facts(token, recipient);
    const isStill = after.present.isStoppedByOthers && preference.choice !== 'unsubscribe';
    return isStill ? preferencePage(after) : savedPage(preference.choice, after);
  }

  private async facts(token: string, recipient: Recipient): Promise<PreferenceFacts> {
    const { actor, subject } = recipient;
    const [contact] = await this.contacts.byIds(actor, [subject.contactId]);
    const { name: vendor } = await this.organisations.get(actor, subject.vendorId);
    const { slug } = await this.activations.get(actor, subject.activationId);
    const email = await this.emails.find(actor, subject.messageId);
    const unsubscribe = `/u/${encodeURIComponent(token)}`;
    return {
      owner: { brand: await this.brands.current(actor), slug },
      vendor,
      languages: [contact?.language ?? null, email?.locale ?? null],
      present: await this.unsubscribing.present(recipient),
      topics: contact === undefined ? [] : await this.topics.topicsOf(actor, contact.id),
      paths: { unsubscribe, preferences: `${unsubscribe}/preferences` },
    };
  }
}
