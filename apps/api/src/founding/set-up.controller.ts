import { Controller, Get, HttpCode, Post } from '@nestjs/common';
import { SetUpChecklistView } from '#contracts';
import { SetUpChecklists, type SetUpChecklist } from '#founding';
import type { Session } from '#identity';
import { DomainError, type VendorActor } from '#kernel';
import { Allow, CurrentVendor, SessionOrNull } from '../http/authority.js';
import { ResponseBody, Summary } from '../http/openapi.js';

/** What a new vendor still has to set up. */
@Controller('api/v1/set-up')
export class SetUpController {
  constructor(private readonly checklists: SetUpChecklists) {}

  @Summary('List what your organisation still has to set up')
  @Allow('set-up.edit')
  @Get()
  @ResponseBody(SetUpChecklistView)
  async get(@CurrentVendor() actor: VendorActor): Promise<SetUpChecklistView> {
    return checklistView(await this.checklists.get(actor));
  }

  /** Its acceptance by the mail server completes the step `mail`. */
  @Summary('Send a test e-mail to yourself')
  @Allow('set-up.edit')
  @Post('test-mail')
  @HttpCode(202)
  async sendTest(@CurrentVendor() actor: VendorActor, @SessionOrNull() session: Session | null): Promise<void> {
    if (session === null)
      throw new DomainError(
        'permission.person-only',
        'An API key has no mailbox. Sign in to do it.',
        {},
        { kind: 'forbidden' },
      );
    await this.checklists.sendTest(actor, session.user);
  }

  @Summary('Hide the set-up checklist from all owners')
  @Allow('set-up.edit')
  @Post('hidden')
  @HttpCode(204)
  async hide(@CurrentVendor() actor: VendorActor): Promise<void> {
    await this.checklists.hide(actor);
  }
}

const checklistView = ({ steps, mailTest, isHidden }: SetUpChecklist): SetUpChecklistView => ({
  isHidden,
  steps: steps.map(({ key, isDone }) => ({ key, isDone })),
  mailTest: { state: mailTest.state, refusal: mailTest.refusal },
});
