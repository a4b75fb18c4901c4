import { serverOf, SmtpTransport, type SubmissionOutcome } from '#mailer';

/**
 * Submits bounces, complaints and answers to the product by SMTP, as servers of
 * recipients do.
 */
export class InboundMail {
  private readonly transport: SmtpTransport;

  constructor(port: number) {
    this.transport = new SmtpTransport({ server: serverOf(`smtp://127.0.0.1:${port}`), connections: 4 });
  }

  deliver(to: string, text: string, from = ''): Promise<SubmissionOutcome> {
    return this.transport.submit({ from, to }, [Buffer.from(text.trim().replace(/\r?\n/g, '\r\n') + '\r\n')]);
  }

  close(): Promise<void> {
    return this.transport.close();
  }
}

/** A delivery status notification (RFC 3464). */
export function aBounce(changes: {
  to: string;
  status: string;
  said: string;
  action?: string;
  originalId?: string;
}): string {
  const { to, status, said, action = 'failed', originalId = 'unknown@elsewhere.example' } = changes;
  return `
From: MAILER-DAEMON@mx.customer.example
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
Content-Type: multipart/report; report-type=delivery-status; boundary="B"

--B
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.customer.example

Final-Recipient: rfc822; ${to}
Action: ${action}
Status: ${status}
Diagnostic-Code: smtp; ${said}
--B
Content-Type: text/rfc822-headers

Message-ID: <${originalId}>
--B--`;
}

/** An abuse report (RFC 5965). */
export const aComplaint = (originalId: string): string => `
From: fbl@provider.example
Subject: Abuse report
Content-Type: multipart/report; report-type=feedback-report; boundary="B"

--B
Content-Type: message/feedback-report

Feedback-Type: abuse
User-Agent: Feedback/1.0
Version: 1
--B
Content-Type: text/rfc822-headers

Message-ID: <${originalId}>
--B--`;

export const anAnswer = (from: string, originalId: string, text = 'Please call me.'): string => `
From: ${from}
Subject: Re: Your mail
Message-ID: <answer-${text.length}@customer.example>
In-Reply-To: <${originalId}>
Content-Type: text/plain

${text}`;
