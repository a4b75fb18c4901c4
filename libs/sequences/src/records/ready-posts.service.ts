import { Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import { Database } from '#database';
import { requirePermission } from '#identity';
import { type ActivationId, Clock, notFound, type PartnerActor } from '#kernel';

/** A post that is due: a step has come to it, or its date has. */
export interface ReadyPost {
  readonly activationId: ActivationId;
  readonly postKey: string;
  readonly readyAt: Date;
  /**
   * When its partner marked it as published, and by which user; null: not yet.
   */
  readonly postedAt: Date | null;
  readonly postedBy: string | null;
}

/** Where a page of them ended. */
export type ReadyPostCursor = Pick<ReadyPost, 'readyAt' | 'activationId' | 'postKey'>;

export interface ReadyPostQuery {
  readonly activationId: ActivationId | null;
  /** Only those that wait, of activations that have not been stopped. */
  readonly isOpen: boolean;
  readonly limit: number;
  readonly before: ReadyPostCursor | null;
}

const COLUMNS = `activation_id, post_key, ready_at, posted_at, posted_by`;

/**
 * Due posts. The product does not post to networks: a partner publishes them
 * and confirms it.
 */
@Injectable()
export class ReadyPosts {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** Those that are due, newest first. */
  async list(actor: PartnerActor, { activationId, isOpen, limit, before }: ReadyPostQuery): Promise<ReadyPost[]> {
    return this.database.inTransaction(actor, () =>
      this.database.query<ReadyPost>(
        `SELECT ${COLUMNS} FROM sequences.ready_post
         WHERE partner_id = $1 AND ready_at <= $8 AND ($2::uuid IS NULL OR activation_id = $2)
           AND (NOT $3 OR (posted_at IS NULL AND EXISTS (SELECT 1 FROM activations.activation_view a WHERE a.id = activation_id AND a.status <> 'stopped')))
           AND ($4::timestamptz IS NULL OR (ready_at, activation_id, post_key) < ($4, $5::uuid, $6))
         ORDER BY ready_at DESC, activation_id DESC, post_key DESC LIMIT $7`,
        [
          actor.partnerId,
          activationId,
          isOpen,
          before?.readyAt ?? null,
          before?.activationId ?? null,
          before?.postKey ?? null,
          limit,
          this.clock.now(),
        ],
      ),
    );
  }

  /** How many wait that may be published now. */
  async countOpen(actor: PartnerActor): Promise<number> {
    const [found] = await this.database.inTransaction(actor, () =>
      this.database.query<{ count: number }>(
        `SELECT count(*)::int AS count FROM sequences.ready_post p JOIN activations.activation_view a ON a.id = p.activation_id
         WHERE p.partner_id = $1 AND p.posted_at IS NULL AND p.ready_at <= $2 AND a.status IN ('active', 'completed')`,
        [actor.partnerId, this.clock.now()],
      ),
    );
    return found?.count ?? 0;
  }

  /**
   * Marks a post as published, or undoes that.
   * Idempotent.
   * @throws DomainError `post.not-found`.
   */
  async markPosted(
    actor: PartnerActor,
    of: Pick<ReadyPost, 'activationId' | 'postKey'>,
    isPosted: boolean,
  ): Promise<ReadyPost> {
    requirePermission(actor, 'activations.control');
    const { activationId, postKey } = of;
    return this.database.inTransaction(actor, async () => {
      const [said] = await this.database.query<ReadyPost>(
        `UPDATE sequences.ready_post SET posted_at = $4, posted_by = $5
         WHERE partner_id = $1 AND activation_id = $2 AND post_key = $3 AND (posted_at IS NULL) = $6 RETURNING ${COLUMNS}`,
        [
          actor.partnerId,
          activationId,
          postKey,
          isPosted ? this.clock.now() : null,
          isPosted ? actor.name : null,
          isPosted,
        ],
      );
      if (said !== undefined)
        await this.audit.record(actor, {
          action: isPosted ? 'post.published' : 'post.reopened',
          subject: { kind: 'activation', id: activationId },
          details: { post: postKey },
        });
      return said ?? (await this.one(actor, of));
    });
  }

  private async one(actor: PartnerActor, { activationId, postKey }: Pick<ReadyPost, 'activationId' | 'postKey'>) {
    const [found] = await this.database.query<ReadyPost>(
      `SELECT ${COLUMNS} FROM sequences.ready_post WHERE partner_id = $1 AND activation_id = $2 AND post_key = $3`,
      [actor.partnerId, activationId, postKey],
    );
    if (found === undefined) throw notFound('post', postKey);
    return found;
  }
}
