import { Body, Controller, Delete, Get, HttpCode, Inject, Patch, Res } from '@nestjs/common';
import type { Response } from 'express';
import type { z } from 'zod';
import { BrandProfiles } from '#brand';
import {
  ChangeNotificationSettings,
  ChangeProfile,
  NotificationSettings as SettingsView,
  ProfileView,
} from '#contracts';
import { CONFIG, type Config } from '#config';
import { Accounts, NotificationSettings, Profiles, type Session } from '#identity';
import { notFound, type OrganisationId } from '#kernel';
import { Confirmed, CurrentSession, SignedIn } from '../http/authority.js';
import { IdParam } from '../http/path-parameters.js';
import { ResponseBody, Summary } from '../http/openapi.js';
import { clearSessionCookie } from '../http/session-cookie.js';

/** Name, language, date format and notifications of the signed-in person. */
@Controller('api/v1/account')
export class AccountController {
  constructor(
    private readonly profiles: Profiles,
    private readonly notifications: NotificationSettings,
    private readonly accounts: Accounts,
    private readonly brands: BrandProfiles,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Summary('Get your name, language and date format')
  @SignedIn()
  @Get('profile')
  @ResponseBody(ProfileView)
  async profile(@CurrentSession() { session }: { session: Session }): Promise<ProfileView> {
    return this.profiles.get(session);
  }

  @Summary('Change your name, language, date format or time zone. Your e-mails are in this language, too')
  @SignedIn()
  @Patch('profile')
  @ResponseBody(ProfileView)
  async changeProfile(
    @CurrentSession() { session }: { session: Session },
    @Body({ schema: ChangeProfile }) body: z.output<typeof ChangeProfile>,
  ): Promise<ProfileView> {
    return this.profiles.change(session, body);
  }

  @Summary('List what this organisation tells you, in the portal and by e-mail')
  @SignedIn()
  @Get('notifications')
  @ResponseBody(SettingsView)
  async listNotifications(@CurrentSession() { session }: { session: Session }): Promise<SettingsView> {
    return { items: await this.notifications.list(session, await this.isDefaultReader(session)) };
  }

  @Summary('Choose what this organisation tells you: in the portal, and by e-mail at once, weekly or not')
  @SignedIn()
  @Patch('notifications')
  @ResponseBody(SettingsView)
  async changeNotifications(
    @CurrentSession() { session }: { session: Session },
    @Body({ schema: ChangeNotificationSettings }) body: z.output<typeof ChangeNotificationSettings>,
  ): Promise<SettingsView> {
    await this.notifications.change(session, body.items);
    return this.listNotifications({ session });
  }

  /** The session ends. A person of several organisations signs in again. */
  @Summary('Leave the organisation in which you are working. Its last owner cannot')
  @SignedIn()
  @Confirmed()
  @Delete('organisations/:id')
  @HttpCode(204)
  async leave(
    @CurrentSession() { session }: { session: Session },
    @IdParam('id') id: OrganisationId,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    const { actor, organisation, user } = session;
    if (actor === null || organisation?.id !== id) throw notFound('organisation', id);
    await this.accounts.remove(actor, id, user.id);
    clearSessionCookie(response, this.config);
  }

  /** As `contactReaders`: the address of the brand profile, or the owners. */
  private async isDefaultReader({ actor, organisation, user }: Session): Promise<boolean> {
    const address = actor?.kind === 'partner' ? (await this.brands.current(actor)).contact.email : null;
    return address === null ? organisation?.role === 'owner' : address.toLowerCase() === user.email.toLowerCase();
  }
}
