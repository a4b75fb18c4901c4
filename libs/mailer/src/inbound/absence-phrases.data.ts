/** @param lines with "|" between the phrases. */
const listOf = (...lines: readonly string[]): readonly string[] => lines.flatMap((line) => line.split('|'));

/**
 * Beginnings of the subjects of automatic replies, as mail programs (Outlook,
 * Exchange, Gmail, Apple Mail, Notes, GroupWise, Zimbra) and people write them.
 * One line per language.
 */
export const ABSENCE_PHRASES = listOf(
  // Arabic, Persian, Hebrew
  `رد تلقائي|الرد التلقائي|خارج المكتب|خارج العمل|پاسخ خودکار|خارج از دفتر|תשובה אוטומטית`,
  `מענה אוטומטי|מחוץ למשרד|לא במשרד|הודעת היעדרות`,
  // Bulgarian, Macedonian, Russian, Ukrainian, Serbian (Cyrillic), Kazakh
  `автоматичен отговор|извън офиса|автоматски одговор|аутоматски одговор|одсутан сам`,
  `автоматический ответ|автоответ|нет на месте|вне офиса|не в офисе`,
  `отсутствие на рабочем месте|отсутствую на рабочем месте|автоматична відповідь`,
  `автовідповідь|немає на місці|поза офісом|відсутність на робочому місці|автоматты жауап`,
  // Catalan, Basque, Galician, Spanish, Portuguese
  `resposta automàtica|fora de l'oficina|erantzun automatikoa|bulegotik kanpo`,
  `resposta automática|respuesta automática|fuera de la oficina|fuera de oficina`,
  `aviso de ausencia|estoy de vacaciones|fora do escritório|fora da empresa`,
  `mensagem de ausência|aviso de ausência|estou de férias`,
  // Czech, Slovak, Polish, Slovenian, Croatian, Serbian, Bosnian
  `automatická odpověď|automaticka odpoved|mimo kancelář|jsem mimo kancelář`,
  `oznámení o nepřítomnosti|automatická odpoveď|mimo kancelárie|oznámenie o neprítomnosti`,
  `automatyczna odpowiedź|odpowiedź automatyczna|autoodpowiedź|poza biurem|jestem poza biurem`,
  `samodejni odgovor|samodejen odgovor|zunaj pisarne|odsoten sem|odsotna sem`,
  `automatski odgovor|izvan ureda|van kancelarije|nisam u uredu`,
  // Danish, Norwegian, Swedish, Icelandic, Finnish
  `automatisk svar|autosvar|automatsvar|ikke på kontoret|ikke til stede|fraværsbesked`,
  `fraværsmelding|fraværsassistent|ute av kontoret|ikke tilgjengelig|automatiskt svar`,
  `frånvaromeddelande|inte på kontoret|ej på kontoret|sjálfvirkt svar|ekki á skrifstofu`,
  `ekki við|automaattinen vastaus|automaattivastaus|poissaoloilmoitus|poissaoloviesti`,
  `poissa toimistosta|en ole toimistolla|olen lomalla|olen poissa`,
  // Dutch, English, German
  `automatisch antwoord|automatische beantwoording|afwezigheidsbericht|afwezigheidsmelding`,
  `niet aanwezig|ik ben afwezig|buiten kantoor|automatic reply|automatic response`,
  `automated reply|automated response|auto reply|auto-reply|autoreply|auto response`,
  `auto-response|autoresponse|auto-responder|autoresponder|auto:|out of office`,
  `out of the office|out-of-office|outofoffice|i am out of|i'm out of the office`,
  `away from the office|away from my desk|away from my mail|away from office|vacation reply`,
  `vacation response|vacation notice|on vacation|on holiday|on annual leave|on parental leave`,
  `on maternity leave|on paternity leave|absence notification|absence notice`,
  `automatische antwort|automatische rückantwort|automatische abwesenheit|abwesenheitsnotiz`,
  `abwesenheitsmeldung|abwesenheitsnachricht|abwesenheitsbenachrichtigung|abwesenheitsinfo`,
  `abwesenheitsassistent|abwesenheitsagent|ich bin abwesend|ich bin nicht im büro`,
  `nicht im büro|nicht im haus|außer haus|ich bin im urlaub|im urlaub`,
  // Estonian, Latvian, Lithuanian
  `automaatvastus|automaatne vastus|kontorist väljas|kontorist ära|eemalolekuteade`,
  `olen puhkusel|automātiskā atbilde|automātiska atbilde|ārpus biroja|prombūtnes paziņojums`,
  `esmu atvaļinājumā|automatinis atsakymas|ne biure|nėra biure|esu atostogose`,
  `pranešimas apie nebuvimą`,
  // French, Italian, Romanian
  `réponse automatique|absence du bureau|absent du bureau|absente du bureau|message d'absence`,
  `notification d'absence|avis d'absence|hors du bureau|je suis absent|en congé|en vacances`,
  `risposta automatica|fuori ufficio|fuori sede|messaggio di assenza|notifica di assenza`,
  `sono in ferie|răspuns automat|în afara biroului|nu sunt la birou|mesaj de absență`,
  // Greek, Hungarian, Turkish
  `αυτόματη απάντηση|εκτός γραφείου|μήνυμα απουσίας|automatikus válasz|automatikus üzenet`,
  `házon kívül|irodán kívül|nem vagyok az irodában|távolléti üzenet|szabadságon vagyok`,
  `otomatik yanıt|otomatik cevap|ofis dışında|işyeri dışında|iş yeri dışında|izindeyim`,
  `yıllık izin`,
  // Hindi, Indonesian, Malay, Thai, Vietnamese
  `स्वचालित उत्तर|स्वतः उत्तर|कार्यालय से बाहर|balasan otomatis|jawaban otomatis`,
  `di luar kantor|sedang cuti|balasan automatik|di luar pejabat|ตอบกลับอัตโนมัติ`,
  `การตอบกลับอัตโนมัติ|ข้อความตอบกลับอัตโนมัติ|ไม่อยู่ที่สำนักงาน|ไม่อยู่ในสำนักงาน`,
  `trả lời tự động|thư trả lời tự động|tự động trả lời|phản hồi tự động`,
  `vắng mặt tại văn phòng|ngoài văn phòng|không có mặt tại văn phòng`,
  // Japanese, Korean, Chinese
  `自動応答|自動返信|自動送信|不在通知|不在のお知らせ|不在のため|休暇のお知らせ|外出のお知らせ|자동 회신|자동회신|자동 응답|자동응답|부재중|부재 중|自动答复|自动回复`,
  `不在办公室|外出自动|休假自动|自動回覆|自動回應|自動答覆|不在辦公室`,
);

/**
 * Words that also begin other subjects (`Absence management`). They count if
 * they are the whole notice, or a date or colon follows.
 */
export const ABSENCE_WORDS = listOf(
  `absence|absent|absente|abwesend|abwesenheit|afwezig|afwezigheid|assente|assenza|ausencia`,
  `ausente|ausência|away|cuti|dovolená|dovolenka|eemal|fjarverandi|frånvaro|frånvarande`,
  `fravær|fraværende|ferie|ferien|in ferie|holiday|i ferie|izinde|concediu|de vacaciones`,
  `de férias|lomalla|poissa|nepřítomnost|nepřítomen|neprítomnosť|nieobecność|nieobecny`,
  `odsoten|odsotnost|odsutan|odsutna|ooo|prombūtnē|puhkusel|semester|szabadság|távollét`,
  `urlaub|urlop|vacation|vacances|vakantie|vắng mặt|отпуск|в отпуске|отсутствую|отсутствие`,
  `відпустка|у відпустці|відсутній|отсъствам|отпуска|απουσία|άδεια|היעדרות|חופשה|إجازة|غائب`,
  `غياب|ไม่อยู่|ลาพักร้อน|不在|外出|外出中|休暇|休暇中|休假|休假中|휴가|외출|छुट्टी पर`,
);

/** Marks of answers and forwards before the colon, in the languages of mail programs. */
export const REPLY_PREFIXES = listOf(
  `re|aw|antw|antwort|sv|vs|vast|r|rif|res|resp|ref|odp|odg|odpoved|odpověď|atb|ats|ynt|yanıt`,
  `cevap|vá|válasz|σχετ|απ|отв|ответ|відп|одг|на|bls|bal|balas|răsp|rsp|svar|odg|tr|trl|tl`,
  `trả lời|ตอบ|ตอบกลับ|रे|उत्तर|رد|پاسخ|השב|תשובה|回复|答复|回覆|答覆|返信|返|답장|회신|fw|fwd|wg|rv|enc|i`,
  `pd|doorst|vl|továbbítás|пересл`,
);
