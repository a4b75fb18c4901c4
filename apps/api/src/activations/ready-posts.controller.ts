import { Body, Controller, Get, Param, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import {
  idSchema,
  ReadyPostQuery,
  ReadyPosts as ReadyPostsPage,
  ReadyPostView,
  MarkPosted,
  WaitingPosts,
} from '#contracts';
import type { ActivationId, PartnerActor } from '#kernel';
import { type ReadyPostCursor, ReadyPosts } from '#sequences';
import { Allow, CurrentPartner } from '../http/authority.js';
import { cursorPosition, nextCursor } from '../http/cursor-page.js';
import { IdParam } from '../http/path-parameters.js';
import { cursorOf, ReadyPostViews } from './ready-posts.view.js';
import { ResponseBody, Summary } from '../http/openapi.js';

/**
 * Wider than the keys that a package may use: an unknown key is answered with
 * 404, not 422.
 */
const PostKey = z.string().regex(/^[\w-]{1,60}$/);
const PostCursor = z.tuple([z.iso.datetime(), idSchema<ActivationId>(), PostKey]);

/** @returns null for a cursor that is not from this list. */
function parsePostCursor(cursor: string): ReadyPostCursor | null {
  const { data } = PostCursor.safeParse(cursor.split(' '));
  if (data === undefined) return null;
  const [readyAt, activationId, postKey] = data;
  return { readyAt: new Date(readyAt), activationId, postKey };
}

/** Due posts, which the partner publishes. */
@ApiTags('activations')
@Controller('api/v1')
export class ReadyPostsController {
  constructor(
    private readonly posts: ReadyPosts,
    private readonly views: ReadyPostViews,
  ) {}

  @Summary('List the social posts that are due, newest first: text to copy, images to download')
  @Get('ready-posts')
  @Allow('activations.read')
  @ResponseBody(ReadyPostsPage)
  async list(
    @CurrentPartner() actor: PartnerActor,
    @Query({ schema: ReadyPostQuery }) { limit, cursor, activationId, state }: z.output<typeof ReadyPostQuery>,
  ): Promise<z.output<typeof ReadyPostsPage>> {
    const found = await this.posts.list(actor, {
      activationId: activationId ?? null,
      isOpen: state === 'open',
      limit,
      before: cursorPosition(cursor, parsePostCursor),
    });
    return { items: await this.views.viewsOf(actor, found), nextCursor: nextCursor(found, limit, cursorOf) };
  }

  @Summary('Count the social posts that can be published now')
  @Get('ready-posts/waiting')
  @Allow('activations.read')
  @ResponseBody(WaitingPosts)
  async waiting(@CurrentPartner() actor: PartnerActor): Promise<z.output<typeof WaitingPosts>> {
    return { count: await this.posts.countOpen(actor) };
  }

  /** Records that a post is published, or undoes this. */
  @Summary('Mark a social post as published, or undo it')
  @Put('activations/:id/ready-posts/:postKey')
  @Allow('activations.control')
  @ResponseBody(ReadyPostView)
  async markPosted(
    @CurrentPartner() actor: PartnerActor,
    @IdParam('id') id: ActivationId,
    @Param('postKey', { schema: PostKey }) postKey: string,
    @Body({ schema: MarkPosted }) { posted }: z.output<typeof MarkPosted>,
  ): Promise<ReadyPostView> {
    const said = await this.posts.markPosted(actor, { activationId: id, postKey }, posted);
    const [view] = await this.views.viewsOf(actor, [said]);
    if (view === undefined) throw new Error('A post has no view.');
    return view;
  }
}
