"""Words that keep their hyphen. Made by tests/lists/hyphenated.py: do not edit by hand.

Counted in 8,283 documents (45 million characters) of *Foreign Relations of the United States*, 1952-1980: Office of the
Historian, US Department of State; joewiz/frus at dd8d0769. Works of the US Government, in the public domain (CC0).
"""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: Compounds that are written with the hyphen.
COMPOUNDS = _words(
    """
    about-face above-mentioned acceleration-reduction ack-ack after-dinner age-old aide-memoire aide-mémoire
    aides-mémoire air-defense air-ground air-launched air-sea all-important all-inclusive all-missile all-out
    all-source all-time all-weather anti-aircraft anti-ballistic anti-base anti-bomber anti-cartel anti-colonial
    anti-colonialism anti-colonialist anti-communism anti-communist anti-democratic anti-foreign anti-government
    anti-guerrilla anti-imperialism anti-imperialist anti-infiltration anti-inflationary anti-insurgency anti-missile
    anti-party anti-personnel anti-popular anti-regime anti-religious anti-riot anti-satellite anti-submarine
    anti-subversion anti-subversive anti-tank anti-terrorist anti-trust anti-west anti-western anti-white area-wide
    arms-manpower atom-free back-up battalion-size battle-weary belt-tightening bi-weekly black-ruled black-white
    blood-letting blow-up blue-suiters bridge-building broad-based broadly-based broadly-supported build-up built-in
    business-professional by-elections by-play by-product by-products call-up call-ups carry-over cease-fire
    centuries-old church-state clamp-down clear-cut clearing-house close-in co-chairman co-chairmen co-domini co-equal
    co-located co-production co-religionists co-sponsor co-sponsored co-sponsors co-sponsorship cold-blooded cold-war
    combat-ready command-control commando-type communist-dominated communist-inspired company-government
    confidence-building consumer-oriented continent-wide conventional-type cooling-off cost-sharing counter-attacking
    counter-city counter-coup counter-effort counter-espionage counter-guerrilla counter-insurgency
    counter-intelligence counter-move counter-pressures counter-productive counter-proposals counter-resolution
    counter-revolution counter-revolutionary counter-subversion counter-subversive country-wide crew-served
    cross-border cross-purposes cross-reporting cruise-type cure-all cut-off cutoff-transfer damage-limiting
    de-emphasis de-emphasize de-emphasized de-emphasizing de-escalate de-escalation decision-makers decision-making
    deep-rooted deep-seated deep-water defense-production defense-related demi-god democratically-oriented
    diesel-powered double-cross double-crossed double-spaced drawn-out dry-season dual-capable dual-purpose dual-use
    east-west economic-administrative economic-military economic-political eighteen-month eighty-one embargo-type
    empty-handed end-item end-items end-use even-handed ever-expanding ever-increasing ever-present ever-widening
    ex-colonial ex-colonies ex-governor export-import extra-constitutional extra-continental extra-hemispheric
    extra-legal extra-territoriality face-saving fact-finding fall-back far-fetched far-reaching fast-moving
    fellow-traveling fence-sitters fifty-fifty fighter-bomber fighter-bombers fill-in first-class first-generation
    first-hand first-phase first-rate first-stage first-step first-strike first-use five-man five-nation five-point
    five-power five-week five-year flare-up follow-on follow-through follow-up foot-dragging forty-eight forty-five
    forty-seven forty-two forward-looking four-day four-month four-party four-point four-power four-year
    fourteen-nation free-trade free-world freedom-loving front-line full-blown full-dress full-fledged full-scale
    full-time gas-cooled go-ahead go-between good-faith good-offices government-controlled government-financed
    government-held government-owned government-private government-sponsored government-supported government-wide
    grant-aid grass-roots great-power ground-air ground-controlled ground-launched guerrilla-terrorist guerrilla-type
    guided-missile half-dozen half-hour hand-carried hand-picked hands-off hard-category hard-core hard-headed
    hard-hitting hard-line hard-liner hard-liners hard-point hard-pressed hard-won hard-working head-on heavy-handed
    heavy-water hemisphere-wide high-altitude high-caliber high-cost high-handed high-level high-performance
    high-priority high-ranking high-yield higher-level home-grown home-made home-ported hoped-for hour-long ill-advised
    ill-conceived ill-considered ill-defined ill-fated ill-timed ill-will in-being in-country inter-party
    inter-relationships inter-tribal interest-free intra-area intra-bloc intra-governmental intra-hemispheric
    inward-looking iron-clad jet-capable just-concluded know-how labor-management land-based land-locked land-mobile
    large-diameter large-output large-scale large-yield larger-scale laser-guided last-ditch last-minute late-model
    lead-time lead-zinc leader-specialist leased-line left-hand left-leaning left-wing leftist-nationalist
    leftist-oriented lend-lease less-developed let-up letter-writing level-headed level-off leveling-off like-minded
    limited-distribution lip-service long-established long-held long-lead long-range long-run long-standing long-term
    long-time longer-range longer-term low-altitude low-cost low-flying low-key low-level low-profile low-risk
    low-tariff low-wage lower-class lower-level lump-sum man-years many-sided medium-level medium-range medium-term
    mid-range mid-term mid-year middle-aged middle-class middle-grade middle-level military-economic military-political
    military-technical minimum-warning missile-carrying missile-launching missile-tracking month-long much-needed
    multi-donor multi-nation multi-purpose multi-racial multi-year narrowly-based nation-building nation-wide near-term
    neo-colonialism neutralist-rightist new-found newly-appointed newly-developing newly-emerging newly-independent
    newly-won nine-mile nine-point no-confidence no-man non-acquisition non-administering non-aggression non-aggressive
    non-agricultural non-aligned non-alignment non-atomic non-attributable non-bloc non-civil non-colonial non-combat
    non-commissioned non-committed non-communist non-communists non-competitive non-compliance non-controversial
    non-convertible non-cooperation non-critical non-defense non-democratic non-diffusion non-diplomatic
    non-discrimination non-discriminatory non-dissemination non-divisional non-dollar non-essential non-excess
    non-existence non-existent non-existing non-ferrous non-first non-government non-governmental non-immigrant
    non-implementation non-inflationary non-interference non-intervention non-interventionist non-involvement
    non-leftist non-liberalized non-mandatory non-member non-members non-military non-negotiable non-nuclear
    non-nuclears non-official non-oil non-paper non-participation non-parties non-partisan non-party non-peaceful
    non-permanent non-political non-preferential non-prejudicial non-productive non-project non-proliferation
    non-recognition non-recognized non-reimbursable non-resident non-security non-sensitive non-signator
    non-signatories non-signatory non-signers non-sophisticated non-spectacular non-standard non-starter non-starters
    non-stop non-strategic non-substantive non-support non-traffic non-transfer non-use non-viable non-violence
    non-violent non-weapons non-white non-whites north-south nuclear-armed nuclear-capable nuclear-free nuclear-powered
    nuclear-propelled nuclear-weapon nuclear-weapons off-duty off-hand offensive-defensive oft-repeated oil-producing
    oil-rich old-fashioned old-line on-site on-sites one-fifth one-fourth one-half one-man one-party one-quarter
    one-shot one-sided one-sixth one-tenth one-third one-time one-unit one-vote one-way one-year open-end open-ended
    open-minded opinion-forming out-run outer-space outward-looking over-ambitious over-commitment over-committed
    over-confidence over-confident over-dependence over-lift over-optimism over-optimistic over-reaction
    over-representation over-represented paper-work part-time peace-loving pen-pal pent-up phase-out pigeon-hole
    plutonium-producing point-blank police-type policy-making political-economic political-military
    political-psychological politically-motivated politico-economic politico-military politico-psychological
    popularly-based post-aggression post-attack post-crisis post-election post-independence post-strike post-treaty
    poverty-stricken pre-arranged pre-arrangement pre-conference pre-designated pre-election pre-electoral pre-eminence
    pre-eminent pre-empt pre-empting pre-emption pre-emptive pre-emptively pre-existing pre-impasse pre-independence
    pre-launch pre-planned pre-positioned pre-positioning pre-production pre-stocking pre-war present-day
    privately-owned pro-communist pro-democratic pro-government pro-west pro-western proof-tested proof-testing
    propeller-driven propeller-type psychological-political pull-back pull-out quasi-diplomatic quasi-military
    quit-claim radar-navigational radio-inertial radio-television re-elected re-election re-emergence re-emphasis
    re-emphasize re-emphasizing re-enforced re-enter re-entry re-equip re-equipment re-equipped re-equipping
    re-established re-establishing re-evaluate re-evaluation re-examination re-examine re-examined re-examining re-read
    re-seeding ready-made reform-minded revenue-producing right-hand right-wing riot-control road-building road-canal
    rocket-nuclear round-table rubber-stamp safe-haven scaled-down scientific-technical sea-based sea-level
    second-class second-generation second-hand second-strike self-assertion self-assured self-confidence self-confident
    self-congratulation self-conscious self-criticism self-defeating self-defense self-denial self-denying
    self-determination self-discipline self-evident self-explanatory self-financed self-governing self-government
    self-help self-imposed self-inspection self-interest self-isolation self-justification self-liquidating
    self-proclaimed self-propelled self-reliance self-reliant self-respect self-respecting self-restraint self-rule
    self-satisfaction self-seeking self-seizure self-serving self-sufficiency self-sufficient self-support
    self-supporting self-sustaining sell-out semi-annual semi-clandestine semi-colonial semi-covert semi-failure
    semi-feudal semi-independence semi-independent semi-official set-up seven-man seven-nation seven-year seventy-five
    shake-up shoot-down short-lived short-range short-run short-sighted short-sightedness short-term single-handedly
    site-complexes six-country six-day six-eight six-mile six-month six-nation six-point six-power six-year slow-moving
    small-output small-scale so-called socio-economic soft-pedal softening-up soul-searching speed-up spin-off
    split-term staff-level state-owned step-up stepped-up stop-gap strategically-rated stretch-out sub-group sub-groups
    sub-launched sub-regional sub-systems sub-unit submarine-launched submerged-launch supervisory-level tailor-made
    take-off teacher-training ten-day ten-division ten-man ten-point ten-year test-ban theater-wide third-country
    third-party thirty-day thirty-eight thirty-five thirty-six thirty-two thought-out thousand-mile three-day
    three-fold three-four three-fourths three-hour three-man three-mile three-month three-point three-power
    three-pronged three-quarters three-week three-year tie-in tie-up time-being time-buying time-consuming time-phasing
    top-level tough-minded trade-off trade-offs travel-control tri-border trip-wire trouble-making turn-around
    twelve-mile twelve-month twelve-nation twenty-eighth twenty-five twenty-four twenty-fourth twenty-nine twenty-one
    twenty-six twenty-three twenty-two two-day two-division two-fold two-hour two-key two-man two-page two-pronged
    two-stage two-thirds two-tier two-tiered two-way two-week two-year ultra-nationalism ultra-nationalistic
    ultra-nationalists under-invoicing upper-class urban-industrial vice-president vice-versa war-making watered-down
    well-advised well-armed well-being well-conceived well-coordinated well-defined well-developed well-disciplined
    well-disposed well-educated well-equipped well-established well-founded well-informed well-intentioned well-known
    well-led well-meaning well-motivated well-organized well-placed well-planned well-prepared well-publicized
    well-qualified well-reasoned well-received well-rounded well-trained western-oriented wet-season white-controlled
    white-dominated white-regime white-ruled wide-ranging wide-scale window-dressing wing-loaded work-week work-year
    working-level would-be wrap-up write-off year-old year-round
    """
)

#: First parts that take a hyphen before nearly any word.
FIRSTS = _words(
    """
    anti first five four government half ill long newly non nuclear one self semi six thirty three twenty two well
    """
)

#: Words in one that begin like a word of FIRSTS.
CLOSED = _words(
    """
    antiaircraft antiballistic anticipate anticipated anticipates anticipating anticipation anticipations anticipatory
    anticolonialism antics antidemocratic antidictatorship antidote antigovernment antimissile antiparty antipathies
    antipathy antiquated antiregime antisubmarine antitank antithesis antithetical antitrust firsthand firstly fourteen
    fourteenth fourth governmental halfway illegal illegally illegible illegitimate illicit illiteracy illiterate
    illness illnesses illogical illuminated illuminating illusion illusions illusory illustrate illustrated illustrates
    illustrating illustration illustrations illustrative longer longest longitude longrange longshoremen longstanding
    longterm nonaggression nonaligned nonalignment noncommie noncommittal noncommitted noncompetitive noncompliance
    nondiscriminatory nondissemination nonetheless nonexistent nongovernmental nonintervention nonmilitary nonnuclear
    nonparties nonpermanent nonpolitical nonproliferation nonrecognition nonresident nonsense nonsignatories
    nonstorable nonviolent nonwhite onerous oneself selfish semiannual semihardened seminars semiofficial sixteen
    sixteenth sixth sixties sixty twofold wellbeing
    """
)
