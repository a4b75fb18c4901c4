import { Body, Controller, Delete, Get, HttpCode, Patch, Post, Put } from '@nestjs/common';
import type { z } from 'zod';
import {
  AddPasskey,
  ChangeEmail,
  PasskeyCreationOptions,
  PasskeyView,
  RecoveryCodesView,
  RenamePasskey,
  SecurityView,
  SetPassword,
  TotpSecretView,
  TurnOnTotp,
} from '#contracts';
import {
  AccountSecurity,
  EmailChanges,
  type PasskeyId,
  Passkeys,
  SecondFactors,
  type Session,
  TotpCodes,
} from '#identity';
import { Confirmed, CurrentSession, SignedIn } from '../http/authority.js';
import { ResponseBody, Summary } from '../http/openapi.js';
import { IdParam } from '../http/path-parameters.js';
import { passkeyView, securityView, totpSecretView } from './security.view.js';

/** Password, passkeys and authenticator app of the signed-in person. */
@Controller('api/v1/account')
export class SecurityController {
  constructor(
    private readonly security: AccountSecurity,
    private readonly passkeys: Passkeys,
    private readonly secondFactors: SecondFactors,
    private readonly totp: TotpCodes,
    private readonly emailChanges: EmailChanges,
  ) {}

  @Summary('Get your passkeys and second factors')
  @SignedIn()
  @Get('security')
  @ResponseBody(SecurityView)
  async get(@CurrentSession() { session }: { session: Session }): Promise<SecurityView> {
    const { id } = session.user;
    return securityView(await this.passkeys.list(id), await this.secondFactors.state(id));
  }

  @Summary('Change your password. Your other sessions end')
  @SignedIn()
  @Confirmed()
  @Put('password')
  @HttpCode(204)
  async changePassword(
    @CurrentSession() { session }: { session: Session },
    @Body({ schema: SetPassword }) body: z.output<typeof SetPassword>,
  ): Promise<void> {
    await this.security.changePassword(session, body.password);
  }

  /** The same answer, whether the new address has an account or not. */
  @Summary('Request a link to your new e-mail address. It is valid for an hour')
  @SignedIn()
  @Confirmed()
  @Post('email')
  @HttpCode(202)
  async changeEmail(
    @CurrentSession() { session }: { session: Session },
    @Body({ schema: ChangeEmail }) body: z.output<typeof ChangeEmail>,
  ): Promise<void> {
    await this.emailChanges.request(session, body.email);
  }

  @Summary('Get a challenge to add a passkey, valid for five minutes')
  @SignedIn()
  @Confirmed()
  @Post('passkeys/challenge')
  @HttpCode(200)
  @ResponseBody(PasskeyCreationOptions)
  async passkeyChallenge(@CurrentSession() { session }: { session: Session }): Promise<PasskeyCreationOptions> {
    return this.passkeys.creationOptions(session.user);
  }

  @Summary('Add a passkey')
  @SignedIn()
  @Confirmed()
  @Post('passkeys')
  @ResponseBody(PasskeyView, 201)
  async addPasskey(
    @CurrentSession() { session }: { session: Session },
    @Body({ schema: AddPasskey }) body: z.output<typeof AddPasskey>,
  ): Promise<PasskeyView> {
    return passkeyView(await this.security.addPasskey(session, body.name, body.response));
  }

  @Summary('Rename a passkey')
  @SignedIn()
  @Patch('passkeys/:id')
  @HttpCode(204)
  async renamePasskey(
    @CurrentSession() { session }: { session: Session },
    @IdParam('id') id: PasskeyId,
    @Body({ schema: RenamePasskey }) body: z.output<typeof RenamePasskey>,
  ): Promise<void> {
    await this.passkeys.rename(session.user.id, id, body.name);
  }

  @Summary('Remove a passkey')
  @SignedIn()
  @Confirmed()
  @Delete('passkeys/:id')
  @HttpCode(204)
  async removePasskey(
    @CurrentSession() { session }: { session: Session },
    @IdParam('id') id: PasskeyId,
  ): Promise<void> {
    await this.security.removePasskey(session, id);
  }

  /** Counts only after its first code is sent to `totp/confirmation`. */
  @Summary('Create a secret for an authenticator app. It is shown only once')
  @SignedIn()
  @Confirmed()
  @Post('totp')
  @HttpCode(200)
  @ResponseBody(TotpSecretView)
  async startTotp(@CurrentSession() { session }: { session: Session }): Promise<TotpSecretView> {
    return totpSecretView(await this.totp.start(session.user));
  }

  @Summary('Turn on the authenticator app by its first code. Returns recovery codes, shown only once')
  @SignedIn()
  @Confirmed()
  @Post('totp/confirmation')
  @HttpCode(200)
  @ResponseBody(RecoveryCodesView)
  async turnOnTotp(
    @CurrentSession() { session }: { session: Session },
    @Body({ schema: TurnOnTotp }) body: z.output<typeof TurnOnTotp>,
  ): Promise<z.infer<typeof RecoveryCodesView>> {
    return { codes: await this.security.turnOnTotp(session, body.code) };
  }

  @Summary('Remove the authenticator app and its recovery codes')
  @SignedIn()
  @Confirmed()
  @Delete('totp')
  @HttpCode(204)
  async turnOffTotp(@CurrentSession() { session }: { session: Session }): Promise<void> {
    await this.security.turnOffTotp(session);
  }

  @Summary('Create new recovery codes, shown only once. The old ones end')
  @SignedIn()
  @Confirmed()
  @Post('recovery-codes')
  @HttpCode(200)
  @ResponseBody(RecoveryCodesView)
  async renewRecoveryCodes(
    @CurrentSession() { session }: { session: Session },
  ): Promise<z.infer<typeof RecoveryCodesView>> {
    return { codes: await this.security.renewRecoveryCodes(session) };
  }
}
