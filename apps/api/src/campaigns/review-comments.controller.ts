import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { CampaignComments, type ReviewCommentId } from '#campaigns';
import { AnswerComment, CommentOnVersion, ReviewComment } from '#contracts';
import type { CampaignId, VendorActor } from '#kernel';
import { reviewComment } from './campaigns.view.js';
import { Allow, CurrentVendor } from '../http/authority.js';
import { IdParam, VersionNumber } from '../http/path-parameters.js';
import { ResponseBody, Summary } from '../http/openapi.js';

/** Comments of a vendor's users on an unpublished version. */
@ApiTags('campaigns')
@Controller('api/v1/campaigns/:id/versions/:number/comments')
export class ReviewCommentsController {
  constructor(private readonly comments: CampaignComments) {}

  /** A user's identical comments within a minute are stored once. */
  @Summary("Comment on a version or a part of it. The version's state does not change")
  @Post()
  @Allow('campaigns.comment')
  @ResponseBody(ReviewComment, 201)
  async comment(
    @CurrentVendor() actor: VendorActor,
    @IdParam('id') id: CampaignId,
    @Param('number', { schema: VersionNumber }) number: number,
    @Body({ schema: CommentOnVersion }) said: z.output<typeof CommentOnVersion>,
  ): Promise<ReviewComment> {
    return reviewComment(await this.comments.comment(actor, id, number, said));
  }

  /** Returns the comment with all replies. */
  @Summary('Reply to a comment')
  @Post(':comment/answers')
  @Allow('campaigns.comment')
  @ResponseBody(ReviewComment, 201)
  async answer(
    @CurrentVendor() actor: VendorActor,
    @IdParam('id') id: CampaignId,
    @Param('number', { schema: VersionNumber }) number: number,
    @IdParam('comment') comment: ReviewCommentId,
    @Body({ schema: AnswerComment }) { text }: z.output<typeof AnswerComment>,
  ): Promise<ReviewComment> {
    const answered = await this.comments.answer(actor, id, number, comment, text);
    return reviewComment(answered);
  }

  @Summary('Resolve a comment. The person and the time are recorded')
  @Post(':comment/resolve')
  @HttpCode(200)
  @Allow('campaigns.comment')
  @ResponseBody(ReviewComment)
  async resolve(
    @CurrentVendor() actor: VendorActor,
    @IdParam('id') id: CampaignId,
    @Param('number', { schema: VersionNumber }) number: number,
    @IdParam('comment') comment: ReviewCommentId,
  ): Promise<ReviewComment> {
    return reviewComment(await this.comments.resolve(actor, id, number, comment));
  }

  @Summary('Reopen a resolved comment')
  @Post(':comment/reopen')
  @HttpCode(200)
  @Allow('campaigns.comment')
  @ResponseBody(ReviewComment)
  async reopen(
    @CurrentVendor() actor: VendorActor,
    @IdParam('id') id: CampaignId,
    @Param('number', { schema: VersionNumber }) number: number,
    @IdParam('comment') comment: ReviewCommentId,
  ): Promise<ReviewComment> {
    return reviewComment(await this.comments.reopen(actor, id, number, comment));
  }
}
