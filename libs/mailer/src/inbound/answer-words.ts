/**
 * Words of mail servers' answers, in lower case, without apostrophes. Sources:
 * the phrases of Sisimai (BSD-2-Clause) and of KumoMTA's bounce rules, the
 * corpus of this lib, and common words of English, German, French, Spanish and
 * Italian answers. Add no word that is mainly a name.
 */
const WORDS = `
  a abbr abgelehnt able aborted above absence abus abuse abuseat abuseix abusive
  abwesend abwesenheit abwesenheitsnotiz accept accepted accepting accepts
  access account acl action activated active actual actually ad add additional
  addr address addressed addresses admin administrateurs administrative
  administrators adr adressat adresse adult advertising afee affected afraid
  after again agent ago ainsi alert alias aliasing aligned all allocation allow
  allowable allowed allowing allows almost already alternative alterrors
  although am amavis amavisd amazon amazonaws amazonses ambiguous amministratori
  amz an and answer answering answers anti antispam antwort any anymore anyone
  anything aol apache app appear appears appliance approved apps arc archived
  archivee are arf argument around arrival arrive article arts as asked asking
  aspmx assignments assistance at att attach attached attachment attachments
  attack attacks atteinte attempt attempted attempting attempts attribute au
  auch aucun aucune audit auf aup aus auth authenticated authentication
  authentification authorized auto automatic automatically automatique
  automatisch automatische autoreply autoresponder available avec avoid away aws
  back backscatter bad banned bare barracuda barracudacentral base based batv
  bcc be because been before began begin behavior behaviour bei being believe
  below benutzer best better beyond big bimi binary bit bitte bl black blacklist
  blacklisted blame block blocked blocklisting blocks blueyonder body bogus
  boite book both bounce bounced bounces bouncing boundary box boîte brackets
  breaches break broke broken buffer built bulk busy but buzón by bye bypass
  byte bytes cache call came can cannot cant captcha care casella cassetta catch
  category cause cbl cc ce certain certificate cette ch change changed changes
  channel characer characteristics characters charset check checking checks
  chunk cisco class classification classifications classified classifier clean
  clear client closed closing cloud cloudmark cm cname co code codes collected
  com combination comcast come command commands common communicating
  communications community complained complaint complaints complete completed
  complexity compliance compliant compressed compte computer concurrency
  concurrent condition config configuration configure configured confirm
  confirmation confirmed congested congestion conn connect connected connection
  connections connector connexions consegna consider considered contact contain
  contained containing contains content contents continue contributed
  contributers control conversation convert copy correct corrected correo
  corresponding corrupt cost could couldnt count couple courriel coverage cram
  crash crashed create created creation creator credentials criteria cuenta
  current currently custom customer cut cyrus daemon daily damage dane das data
  date day days de deactivated dead deal decided decode deep defense deferred
  defined del delay delayed delays delete deliver deliverable delivered
  delivering delivery dem den denied der desconocido dest destinataire
  destinatario destination detailed details detect detecte detected detection
  detector determine device devices diagnosis diagnostic diagnostica dial dialog
  dialup dicha did didnt die died diese dieser differ different digest digit
  digital dirección directly directorio directory disabled disc discontinued
  disk diskspace disposition dkim dmarc dns dnsbl do doctype does doesnt doing
  domain done dont double dovecot down drd drop dropped dsbl dsn dsns due
  duplicate duplicated during dynamic dépassé each earlier earthlink easy edge
  edu effect ehlo ein eine einen einer either else email emails embedded
  emetteur empfaenger empfänger empty en enabled encoding encountered encuentra
  end ended ending enforce enforced enforcement engine engineers enhanced enough
  enterprise entfernte entirely entrega entregado entregar entregue entretien
  entries entry envelope equal erneut erreur error errors es esmtp esmtps
  essayer est esta establish established estimated etc eu evaluate even event
  ever every everything ex exactly example exceed exceeded exceeding exceeds
  except exception excessive exchange exchanger executable executing exempt exim
  exist existe existent existiert existing exit exited expanded expansion
  expected expects expired explanation extended external extra extreme facebook
  fail failed failing failure failures fake falsch false family faqs far fast
  fatal fault faulty feb feedback fehler fehlgeschlagen few field fields file
  files filter filtered filtering filters final finally find fine finish
  finished first fits five fix fixed fixing flagged flood follow following
  follows for forbidden form format formatted forward forwarded forwardemail
  forwarding found four fr framework fraud free frequency frequently friday from
  frozen fuer full fully function further fwd für gateway gave general generated
  generating generazione generic gesperrt get gibt given gives giving gli gm
  gmail gmx go goes going gone good google googlemail got gov graylist
  graylisted graylisting greeting greylist greylisted greylisting grid group
  groups groß gsmtp gsuite gu guidelines had half hand handle haraka hard has
  hash hasnt have havent having he header headers held hello helo help helps
  hence her here hi high history hit hold holding holds holiday holidays home
  homedir hook hop hops host hostname hosts hotmail hour hourly hours how
  however htm html http https hub human i iana icloud id identified idle if
  ignore ignored illegal im images imail imedia immediately impossible improper
  improperly in inactive inactivity inbound inbox incidents include included
  including incoming inconnu inconnue incorrect increase index indicated
  indirizzo individual inesistente infected info inform information informations
  informazioni init initial initially inline inode input insecure insert inside
  inspect instance instead insufficient int intended inter internal internet
  interpreter interrupted intestazioni into invalid invalidated invalide invoked
  ip ips ipswitch ipv ironport is isnt iso isp issued issues ist it items its
  itself ive jp json judging junk just keep keeps kein keine kept key kind known
  knows konnte kontingent language large largest last later latest ldap least
  leave left length les less let lets letter level lhost like likely limit
  limite limited limits line lines links list listed listing lists little llena
  lmtp load local localdomain localhost locked log login logs long longer look
  looked looks lookup lookups loop looping loops lost lots low lower machine
  made maidrop mail mailbombing mailbox maildir mailer mailgun mailing mailjet
  mailmarshal mails maintenance make making malformed malicious malware
  management manager mandatory mantenimiento manutenzione many map march
  masquerade mass master match matched matches max maximum may mc me mean means
  meantime measure measures meet meets member members membership mensaje
  mensajes mentioned message messagelabs messages messaggio messaging method
  micro microsoft mime mimecast mind minute minutes misc misconfigured mismatch
  mismatches missing mistake mit mm moderated modified module moins moment
  monday month months more most moved ms msg msgid mta mtas much multi multibyte
  multipart multiple must mx mxl my myself nachricht name named nameserver nbsp
  ndr nearly need needs negotiation net network never new next nicht night no
  nobody non none noone noop nor normal not note notes nothing notice
  notification notified now null number numerous nur nxdomain occurred oder of
  office offline often ok old on onbestelbaar once one ongoing online only ooo
  open opened operation operator opposed opt or oracle order org organization
  organizational original originali other others otherwise our out outbound
  outgoing outlook output outside over overload overloaded overwritten owa own
  owned owner page pages parameter part partial parts party pas pass passed path
  pattern paused peer pending people per percent perform performing period perm
  permanent permanently permits permitted persist persistent person persona
  personal pertori phase phishing phrase pickup piena pipe place places plain
  plan please pleine plus pobox point points pol policies policy poor port
  possible post posta postfach postfix postini postmark postmaster posts
  potential potentially pour power pre precedence preferences present presented
  presents pretty prevented prevents previous previously primary printable
  priority private probability probable probably problem problems proceed
  process processed processing procmail produced product profile prog program
  progress prohibited prohibition proof proofpoint propagate proper properly
  protected protection protocol prove proven provide provided provider proxy
  pseudo ptr public publish published pudo pull purported purpose qmail
  qualified quarantine quarantined query question questo queue queued quick
  quickly quiet quit quite quota quoted range rate rather rbl rcpt rdns re reach
  reachable reached read reading reads ready real really reason reasonable
  reasons reboot receive received receiving recent recently rechazado recip
  recipient recipients recognized recommended reconnect record records recurrent
  recursive reduce reducing ref refer refulsed refuse refused refuses regarding
  region register registered registry regular reject rejected rejecting
  rejection rejete rejeté related relates relation relay relaying release
  relevant remain remaining remains remedy remis remote remoteserver remove
  removed repeated repeatedly replace replaced replied replies reply repo report
  reported reporting reputation request requested requests required requirement
  requirements requires requise resend reserved reset resolve resolved resolver
  resolves resolving resource resources respective respond responded response
  responsible restart restarting restricted restrictions results retried retries
  retrieve retry retrying return returned returning reverse rfc rhost right root
  roundtrip route routed router routes routing rrvs rset rspamd rst ru rule
  rules running réponse safe said same saturday save scan scanner scannning
  scheduled sconosciuto score scored scrub se search second seconds section
  secumail secure security see seems seen sef send sender senders sendgrid
  sending sendmail sends sent sequence ser server servers serveur servfail
  service servidor serving session sessions set settings setup several shall
  share she short should show shows shut shutdown shutting side signature signed
  signing silently similar simile since site sites sitting size slow slower
  slowly small sms smtp smtpd smtps sns so soft software solicited solving some
  someone something soon sophos sorbs sorry source space spaces spam
  spamassassin spambouncer spamcop spamhaus spammer spammers spamming spams
  sparkpost spasign specific specified speed speeding speicher spf split später
  ssl stage standard start started starting starttls stat state status stay
  still stop stopped stopping stoptls storage store stored storedrv strict
  string sts style subject submit submitted subscribed subscriber subsystem
  succeed succeeded success successfully such sufficient sufficiently suite
  summary sunday support supported suppressed suppression sure surf suspected
  suspend suspended suspicious suspiciously symantec syntax system table tag
  tagged taille take taken taking talk talking tard target targeted team
  technical tell tempfail temporal temporar temporarily temporarly temporary
  tenant terminated terms test tested tests text texts than thank that the their
  then there these they thing things thinks third this those though threshold
  throttle throttled throttling through thu thursday ticket tied till time timed
  timeout timestamp tls to today together token told tomorrow too total tr
  traffic trans transaction transcript transfer transient transmission transport
  traveling treat treated trend trendmicro tried triggered trop trouble
  troubleshooting true truncated trust trusted trustwave try trying tue tuesday
  turn turned twice two txt type types typical typos uceprotect uk unable
  unacceptable unauthenticated unauthorised unauthorized unavaiable unavailable
  unbekannt unbekannter unconfirmed und undefined undeliverable undelivered
  under understand understood undisclosed une unexpected unfortunately
  unfriendly ungültig ungültige unhandled uniq unique unix unknown unless
  unnecessary unprocessable unreachable unrecognized unresolvable unroutable
  unrouteable unsigned unsolicited unsubscribe unsupported until untrusted
  unusual unverifyable unwanted unzustellbar up updates upgrade upgrading upon
  urgent uri url us usable usage use used user uses using usually usuario utente
  utf utilisateur vacation valid validation value values various vdeliver
  verbindung verification verified verify verizon verizonwireless version
  versuch versuchen very via view violation virtual virus viruses visit void
  voll volume vorübergehend vous vrfy wait waited waiting want wanted war ware
  warn warned warning warnings wartung wartungsarbeiten was wasnt we weather web
  website wednesday week weeks weil well went werden were weve what whatever
  when whether which while whitelist whitelisted who whole whose why widely will
  willing wird wireless with within without wont word words work working works
  world would wouldnt write writing wrong wrote wurde www yahoo yandex year
  years yes yet you your youre yourself zero zimbra zoho zohomail zombied zone
  zu zugestellt zurück zustellbar zustellung été überschritten
`;

export const ANSWER_WORDS: ReadonlySet<string> = new Set(WORDS.trim().split(/\s+/));
