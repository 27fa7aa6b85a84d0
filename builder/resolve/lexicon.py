"""Closed word lists that the rules of this folder look words up in, casefolded. Imports nothing of the project."""


def word_set(text: str) -> frozenset[str]:
    """The words of a string as a set."""
    return frozenset(text.split())


MALE_TITLES = word_set(
    "mr mr. sir lord king prince emperor sheikh baron duke father brother congressman pope cardinal rabbi imam"
)
FEMALE_TITLES = word_set(
    "mrs mrs. ms ms. miss lady dame queen princess empress baroness duchess sister congresswoman madam"
)
TITLES = MALE_TITLES | FEMALE_TITLES | word_set("dr dr. prof prof. rev rev. hon hon. the")

# Titles and offices that stand before a name and are no part of it; abbreviations with what they are short for.
SHORT_ROLES = {
    "sen.": "senator", "sens.": "senator", "rep.": "representative", "reps.": "representative", "gov.": "governor",
    "govs.": "governor", "gen.": "general", "lt.": "lieutenant", "col.": "colonel", "capt.": "captain", "maj.": "major",
    "sgt.": "sergeant", "adm.": "admiral", "pres.": "president", "sec.": "secretary", "atty.": "attorney",
    "cmdr.": "commander", "amb.": "ambassador", "supt.": "superintendent", "dist.": "district", "v.p.": "president",
    "prof.": "professor", "dr.": "doctor", "rev.": "reverend", "prof": "professor", "dr": "doctor", "rev": "reverend",
    "sen": "senator", "rep": "representative", "gov": "governor", "gen": "general", "ceo": "executive",
    "pm": "minister", "mp": "member", "mep": "member",
}  # fmt: skip
ROLE_NOUNS = word_set("""
    president premier minister chancellor secretary senator representative congressman congresswoman governor mayor
    ambassador envoy diplomat king queen prince princess emperor pope cardinal bishop archbishop patriarch rabbi imam
    ayatollah sheikh general colonel captain major lieutenant sergeant admiral commander chief officer marshal chairman
    chairwoman chair chairperson speaker leader whip treasurer director executive ceo founder co-founder cofounder owner
    manager head deputy adviser advisor aide spokesman spokeswoman spokesperson strategist consultant lobbyist pollster
    judge justice attorney prosecutor lawyer counsel solicitor magistrate sheriff marshal professor doctor scientist
    economist historian analyst expert researcher scholar author writer novelist poet columnist editor reporter
    journalist correspondent commentator critic host anchor moderator pundit blogger broadcaster activist organizer
    campaigner candidate nominee contender hopeful challenger front-runner frontrunner rival opponent incumbent
    politician lawmaker legislator parliamentarian councilman councilwoman councillor commissioner administrator
    superintendent inspector detective investigator actor actress singer musician rapper comedian artist director
    filmmaker coach player striker goalkeeper midfielder quarterback champion boxer driver trainer captain businessman
    businesswoman billionaire mogul tycoon entrepreneur investor banker developer magnate farmer teacher principal dean
    physician surgeon nurse engineer architect pilot astronaut priest pastor reverend minister evangelist preacher monk
    nun democrat republican conservative liberal socialist communist libertarian independent veteran soldier officer
    widow wife husband father mother son daughter brother sister friend ally donor supporter resident voter student
    secretary-general secretary-treasurer vice-president president-elect running-mate mate lady laureate heiress
    dictator strongman warlord rebel dissident whistleblower hacker suspect defendant plaintiff victim survivor witness
    biographer photographer translator curator librarian conductor composer pianist designer chef
    commander-in-chief vice-chairman vice-chair co-chair co-host socialite celebrity star icon member partner fellow
    """)
FEMALE_ROLES = word_set("""
    spokeswoman chairwoman congresswoman businesswoman councilwoman actress queen princess heiress widow wife mother
    daughter sister nun woman girl lady lawmaker-mother grandmother aunt niece housewife waitress saleswoman policewoman
    """)
MALE_ROLES = word_set("""
    spokesman chairman congressman businessman councilman king prince pope husband father son brother monk priest man
    boy gentleman grandfather uncle nephew salesman policeman cardinal archbishop
    """)
# Words that may stand between a role's first word and its noun: adjectives and rank.
ROLE_MODIFIERS = word_set("""
    former ex ex- acting deputy vice senior junior chief top prime foreign defense defence interior finance justice
    health trade energy home presidential vice-presidential gubernatorial congressional senatorial mayoral campaign
    press national international federal state regional local city county district general assistant associate managing
    executive legal political military security communications policy senior longtime veteran conservative liberal
    progressive democratic republican independent socialist communist billionaire millionaire first second third
    then-president then-senator late outgoing incoming newly-elected elected opposition majority minority house senate
    supreme court party likely presumptive leading one-time onetime high-profile outspoken retired emeritus attorney
    founding ruling real estate oil media tech fellow republican democrat gop rival spiritual religious u.s. us
    american secretary
    """)

DOCUMENTS = word_set("""
    report reports poll polls polling survey surveys study studies letter letters lawsuit lawsuits suit suits complaint
    statement statements article articles editorial editorials column columns memo memos document documents filing
    filings agreement agreements treaty constitution law laws bill bills ad ads advertisement commercial video videos
    clip tweet tweets post posts blog book books biography memoir novel headline headlines analysis analyses figures
    data statistics statistic numbers transcript transcripts indictment platform manifesto guidance story stories quiz
    count census search email emails e-mail e-mails message messages order orders decree text texts summary excerpts
    excerpt deposition depositions affidavit affidavits ruling rulings verdict opinion petition resolution resolutions
    communique communiqué proposal draft review audit investigation inquiry fact-check records record papers notes
    brochure leaflet poster sign signs website site page recording tape tapes documentary film movie play song playbook
    tracker average averages index results result findings chart map list ledger contract clause provision rule rules
    testimony speech address essay dispatch bulletin release note guidelines guide handbook manual accord pact saw
    voice-over constitution charter proverb bible koran scripture cable cables dossier account accounts drama show
    """)
ORGANIZATIONS = word_set("""
    company firm corporation group campaign camp agency ministry department administration government court newspaper
    paper magazine outlet network station broadcaster channel party committee council union bank organization
    organisation association commission board university college school institute foundation office team coalition
    alliance bloc federation league club church army navy police force military bureau authority service center centre
    senate congress parliament house cabinet chamber legislature think-tank tank startup start-up airline manufacturer
    maker retailer automaker carmaker publisher hospital charity nonprofit watchdog regulator panel tribunal jury
    task movement militia junta regime faction caucus delegation embassy consulate mission conference society fund
    pac super-pac treasury band exchange
    """)
# Nouns for a human being that are no office or trade.
PERSONS = word_set("""
    man woman boy girl person lady gentleman guy teenager youth child baby infant kid adult pensioner widow widower
    husband wife mother father son daughter brother sister uncle aunt cousin nephew niece grandmother grandfather
    grandson granddaughter stepfather stepmother fiance fiancé fiancee fiancée girlfriend boyfriend partner spouse
    twin neighbor neighbour colleague friend native immigrant refugee worker employee customer client patient tenant
    landlord passenger visitor tourist fan shooter gunman attacker killer murderer thief prisoner inmate hostage
    bishop painter sculptor mathematician physicist chemist philosopher theologian linguist saint missionary explorer
    navigator inventor astronomer psychologist sociologist anthropologist archaeologist politician winner loser
    runner-up newcomer rookie pitcher outfielder catcher infielder defender forward skipper guitarist drummer bassist
    vocalist
    """)
# Single people whom an article leaves unnamed, and groups that speak through unnamed members.
UNNAMED = word_set("""
    official officials source sources aide aides analyst analysts insider insiders adviser advisers advisor advisors
    diplomat diplomats authorities authority spokesman spokeswoman spokesperson spokesmen spokespeople spokespersons
    staffer staffers operative operatives strategist strategists spokesman lawyer lawyers attorney narrator caller
    person witness witnesses neighbor neighbors neighbour neighbours eyewitness eyewitnesses observer fact-checker
    fact-checkers investigator investigators intelligence executives executive
    """)
GROUP_WORDS = word_set("""
    people public media press police electorate youth majority minority community crowd crowds population
    establishment audience world society clergy staff crew rank left right many most some others several few both all
    everyone everybody nobody anyone anybody half third two-thirds quarter percent each none others those women men
    children folks wing generation market markets industry opposition base neither either
    """)
PLURAL_PRONOUNS = word_set("they them their theirs themselves")
MALE_PRONOUNS = word_set("he him his himself")
FEMALE_PRONOUNS = word_set("she her hers herself")
NEUTER_PRONOUNS = word_set("it its itself")
FIRST_SINGULAR = word_set("i me my mine myself")
FIRST_PLURAL = word_set("we us our ours ourselves")
SECOND = word_set("you your yours yourself yourselves")
RELATIVE = word_set("who whom whose which that")
DETERMINERS = word_set("""
    the a an this that these those his her its their my our your some many most several few another one two three all
    both no any each every other such
    """)
DEFINITE = word_set("the this that these those his her its their")
# Words after which a noun phrase's head is behind us.
POST_MODIFIERS = word_set("""
    of for in at with who whom whose that which from to on by about near among against inside outside under over
    including like such familiar close surveyed released published called named led based living leaving working
    following describing identifying being attending opposed loyal responsible speaking interviewed where when
    across between during after before through within without polled whom
    """)
QUANTIFIERS = word_set("""
    some many most several few dozens hundreds thousands scores majority half percent one two three four five both all
    none number group string percentage plurality handful couple lot any each coalition average tenth third thirds
    third quarter series variety range host slew
    """)
PLACE_PREPOSITIONS = word_set(
    "in at from near to outside inside across around through toward towards into throughout of"
)
