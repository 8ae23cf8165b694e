"""Words that stand beside or instead of names of persons: titles, offices, kinship, verbs of speech, peoples.

General knowledge of English, alphabetical; no surname, and no word for the sake of one document.
"""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    """The set of the words of `text`, which stand apart by white space."""
    return frozenset(text.split())


WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

# --- titles and offices ---

#: Titles that stand before a name and are no part of it; those with a full stop also occur without.
ABBREVIATED_TITLES = words(
    """
    Abp Adm Amb Bp Capt Cmdr Col Dr Fr Gen Gov Hon Lieut Lt M Maj Messrs Mlle MM Mme Mr Mrs Ms Pres Prof Rep
    Rev Sen Sgt
    """
)
#: Titles and offices, in full.
TITLES = words(
    """
    Abbess Acting Administrator Admiral Adviser Advisor Alderman Ambassador Archbishop Assistant Attache
    Attaché Attorney Aunt Baron Baroness Bishop Brigadier Captain Cardinal Chairman Chancellor Charge Chargé
    Chief Colonel Commander Commissar Commissioner Commodore Comrade Congressman Congresswoman Constable
    Consul Coordinator Coroner Corporal Councillor Councilman Counsel Counsellor Counselor Count Countess Czar
    d'Affaires Dame Defence Defense Delegate Deputy Director Doctor Dona Doña Duchess Duke d’Affaires Earl
    Emir Emperor Empress Engineer Ensign Envoy Ex-President Farmer Father Field Finance Foreign Frau General
    Goodwife Goody Governor Herr Inspector Interior Judge Justice King Lady Lieutenant Lord Madam Madame Major
    Marquess Marquis Marshal Master Mayor Mediator Minister Miss Mister Monsieur Parson Pastor Pope Premier
    Premier-elect President President-elect Prime Prince Princess Professor Queen Rabbi Representative
    Representative-designate Reverend Saint Secretary Secretary-General Senator Senor Senora Sergeant Sexton
    Señor Señora Señorita Shah Shaikh Sheikh Sheriff Signor Signora Sir Sister Solicitor Speaker Squire Sultan
    Superintendent Trooper Tsar Uncle Under Undersecretary Vicar Vice Vice-Chairman Vice-Chancellor
    Vice-Consul Vice-Premier Vice-President Viscount Widow
    """
)
#: Titles that leave no doubt that a name follows; the others also begin names of bodies (General Assembly).
SURE_TITLES = (ABBREVIATED_TITLES - {"Fr", "M", "MM", "Rep", "Gen", "Sen", "Hon"}) | words(
    "Dona Doña Frau Herr Lady Lord Madame Miss Mister Monsieur Senora Señora Señorita Signora Sir"
)
FEMALE_TITLES = words(
    """
    Abbess Aunt Baroness Countess Dame Dona Doña Duchess Empress Frau Goodwife Goody Lady Madam Madame Miss
    Mlle Mme Mrs Ms Princess Queen Senora Señora Señorita Signora Sister Widow
    """
)
MALE_TITLES = words("Baron Count Duke Father King Lord Mister Mr Prince Señor Sir Uncle")
#: Titles of the clergy and of orders: "Father Hale" is another than a Hale who is named without it.
RELIGIOUS_TITLES = words("Father Sister")
#: What comes after "Secretary of" or "Minister for" and belongs to the office.
OFFICES = words(
    """
    Affairs African Agriculture Air American Army Asian Central Commerce Council Defence Defense Eastern
    Economic Education European Exchequer Far Finance Foreign Health Information Intelligence Inter-American
    Interior International Justice Labor Labour Latin Mission Navy Near North Northern Operations Organization
    Political Protocol Public Security South Southeast Southern Staff State Trade Transport Treasury War
    Western
    """
)
#: What people are, printed with a capital after their names ("Honorary Treasurer"), and never a name by itself.
ROLES = words(
    """
    Accountant Agent Archdeacon Archivist Auditor Bailiff Bookkeeper Canon Cashier Chaplain Churchwarden Clerk
    Constable Coroner Correspondent Curate Curator Deacon Dean Economist Emeritus Engineer Foreman Geographer
    Headmaster Historian Honorary Incumbent Inspector Instructor Interpreter Lecturer Legate Librarian
    Magistrate Manager Midshipman Minstrel Nuncio Observer Officer Organist Overseer Parson Physician
    Postmaster Prefect Prior Proprietor Provost Receiver Recorder Rector Registrar Schoolmaster Sheriff
    Statistician Steward Superintendent Supervisor Surgeon Surveyor Teacher Translator Treasurer Trustee
    Undersecretaries Verger Vestryman Vicar Warden Wharfinger
    """
)
KINSHIP = words(
    """
    assistant aunt brother colleague companion cousin daughter deputy father fiancée friend granddaughter
    grandfather grandmother grandson husband mother nephew niece predecessor secretary sister son stepdaughter
    stepfather stepmother stepson successor uncle widow wife
    """
)

# --- around names ---

#: Particles that belong to the surname after them.
PARTICLES = words(
    """
    af al av ben bin da das de del della den der des di dos du e el ibn la le ten ter van von y zu zum zur
    """
)
#: Endings common among surnames of many countries and rare among other capitalised words.
SURNAME_ENDINGS = tuple(
    sorted(
        words(
            "akis ard berg chuk dze elli enko escu ett etti ev ez field ger ham ian ides idis in ini itt ker kov"
            " ler ley man mann ner oglu ov poulos sen shvili ski skii skiy sky son stein ton ucci vich vić wicz"
            " wood worth yan yn"
        )
    )
)
#: Verbs of speech; their subject is a person, or a government.
SPEECH_VERBS = words(
    """
    added adds admits admitted announced answered answers argued argues asked asks asserted asserts commented
    comments complained concluded concludes confided continued cried cries declared declares emphasised
    emphasized enquired exclaimed exclaims explained explains inquired insisted insists interjected
    interrupted laughed maintained murmured muttered noted notes observed observes pleaded protested quoth
    recalled rejoined remarked remarks repeated replied replies reported responded responds retorted returned
    said says shouted sighed stammered stated states suggested suggests tells testified thundered told urged
    warned whispered writes wrote
    """
)
#: Verbs of speech and thought right beside quotation marks, by language; there many more words are beyond doubt.
SPEECH_VERBS_OF = {
    # Who wrote or read did not speak, and who laughed may have said nothing.
    "en": (SPEECH_VERBS - {"wrote", "writes", "laughed", "sighed"})
    | words(
        """
        adding addressed admitting advised advising agreed announcing answering asking assented assured assuring
        averred bade bawled began begged begging bellowed blurted boasted breathed broke called cautioned chimed
        chuckled commanded contended corrected coughed counselled croaked cry crying declare declaring demanded
        demanding drawled echoed ejaculated enquire entreated exclaim exclaiming exhorted explaining faltered gasped
        groaned growled grumbled grunted hinted hissed implored informed informing insisting interposed joked lamented
        moaned moved mumbled mused mutter muttering object objected observe observing ordered panted persisted piped
        pleaded prayed proceeded promised promising pronounced proposed protesting pursued put quavered queried
        questioned reasoned reflected reiterated remark remarking reminded reminding repeating reply replying resumed
        roared saith sang say saying scoffed screamed shout shouting shrieked snapped snarled sneered sobbed spake
        speaking spluttered spoke stating swore tell telling testifying think thinking thinks thought urging ventured
        vociferated volunteered vowed wailed went whimpered whined whisper whispering yelled
        """
    ),
    "de": words(
        """
        antwortet antwortete antworteten bat befahl begann behauptet behauptete bekannte bekräftigte bemerkt bemerkte
        berichtet berichtete beteuerte brummte brüllte dachte dankte entgegnet entgegnete ergänzte erinnerte erklärt
        erklärte erkundigte ermahnte erwidert erwiderte erwiderten erzählt erzählte fiel flehte flüstert flüsterte
        forderte fragen fragt fragte fragten fuhr gab gefragt gerufen gesagt gestand gesteht grollte höhnte jammerte
        jubelte klagte knurrte mahnte meint meinte meinten murmelt murmelte murrte rief riefen ruft sage sagen sagt
        sagte sagten schloss schloß schluchzte schreit schrie schrien seufzte sprach spricht stammelte stimmte
        stotterte stöhnte unterbrach verkündete verlangte versetzte versicherte versprach vertraute warf warnte
        wiederholt wiederholte wollte wunderte überlegte
        """
    ),
    "fr": words(
        """
        acheva admit affirma affirme ajouta ajoutait ajoute annonça appela assura avertit avoua balbutia bégaya
        chuchota commanda commença conclut confia constata continua corrigea cria criait crie crièrent demanda
        demandai demandait demande dirent dis disait dit déclara déclare expliqua explique fit grogna gronda gémit
        hasarda hurla insinua insista interrogea interrompit jura lança lâcha murmura murmurait nota objecta observa
        ordonna pensa pensait poursuivit proclama proposa protesta précisa raconta rappela remarqua reprit riposta
        répliqua répond répondait répondirent répondis répondit répète répéta rétorqua s’enquit s'enquit s'exclama
        s’exclama s'écria s’écria s'écriait s’écriait s’écrièrent s'écrièrent s'étonna s’étonna songea souffla soupira
        supplia
        """
    ),
}
#: Verbs of thought and bearing, whose subject is a person or a government.
MIND_VERBS = words(
    """
    accepted agreed agrees appeared arrived became began believed believes called came considered considers
    declined denied did died dined disagreed does doubted expressed feared feels felt gave had has hoped hopes
    indicated indicates intended is knew knows left lunched made married mentioned met nodded pointed promised
    proposed proposes received referred refused remembered requested resigned returned saw seemed seems sent
    served signed smiled speaks spoke talked thinks thought took tried understands understood visited wanted
    wants was went wished wishes
    """
)
#: Verbs whose object is a person.
TO_PERSON_VERBS = words(
    """
    accompanied accompany addressed advised appointed ask asked assure assured consulted convinced dismissed
    inform informed instructed interviewed introduced invite invited married meet met persuaded received
    reminded replaced saw see succeeded summoned telegraphed telephoned tell thank thanked told urged visited
    warned
    """
)

# --- capitalised words that are no names ---

#: Nouns that end the name of a body, a place or a thing: "Kellogg Pact", "Adams County", "Nobel Prize".
BODY_NOUNS = words(
    """
    & Academy Act Administration Administration’s Affair Affairs Agency Agreement Alliance Amendment Archive
    Archives Army Assembly Association Authority Avenue Award Bank Barracks Base Battalion Bay Beach Bill
    Board Boulevard Branch Bridge Brigade Brothers Building Bulletin Bureau Cabinet Camp Canal Cape Castle
    Cathedral Center Centre Chamber Channel Chapel Charter Chronicle Church City Club Coast Collection College
    Command Commissariat Commission Commissions Committee Company Conference Congress Considerations
    Constitution Consulate Control Convention Corporation Corps Council County Court Creek Crisis Cross Cup
    Day Deanery Declaration Delegation Department Desert Directorate Discussion District Division Doctrine
    Doctrine’s Dynasty Effort Efforts Election Elections Electric Embassy Empire Era Estate Eve Expedition
    Express Falls Farm Fellowship Field File Files Firm Fleet Force Forces Forest Formula Foundation Front
    Fund Gardens Gate Gazette Government Group Guard Guild Gulf Hall Harbor Harbour Headquarters Hemisphere
    Herald Highway Hill Hills Hospital Hotel House Inc Infirmary Inn Inquiry Institute Institution Island
    Islands Journal Lake Lane Law Lawn League Legation Letters Library Line Lodge Ltd Manor Manuscripts Market
    Memoirs Memorandum Memorial Mill Mills Mine Ministry Mission Monthly Monument Motors Mountain Mountains
    Movement Museum News Note Notes Observer Ocean Office Offices Orchestra Order Orders Organization Pact
    Palace Papers Parish Park Parliament Parsonage Party Pass Peninsula Pennant Plan Plans Plant Plaza Point
    Police Policy Port Post Press Principles Prize Project Proposal Proposals Protocol Province Quarterly
    Railroad Railway Range Record Records Rectory Regiment Register Regulations Relations Report Reports
    Republic Resolution Review Revolution Ridge River Road Room Round Rule School Sea Secretariat Senate
    Service Services Session Side Society Sound Square Staff Statement Station Strait Straits Street Strike
    Study Subcommittee Summit Survey Syndicate System Talks Tavern Telegraph Temple Terrace Territory Theater
    Theatre Times Tower Town Treaty Tribune Trust Union University Valley Vicarage Village Visit Visits
    Volunteers War Wharf Works World Yard Years Zone
    """
)
#: Capitalised words that are never a name by themselves: they begin sentences, or name bodies, times, things.
NO_NAMES = words(
    """
    A About Above Academy According Accordingly Across Acting Additional Additionally Administration Admiral
    Affairs After Afterwards Again Against Agriculture Alas All Allied Allies Almighty Almost Along Already
    Also Although Altogether Always AM Am Ambassador Ambassadors Among An And Anglo Annals Annex Annual
    Another Ante Anti Any Anyone Anything Apart Apparently Appendix April Archive Archives Are Army Around
    Article As Aside Asked Assembly Assigned Assistant Association At Attached Attachment Attaché August
    Autumn Avenue Away Axis Ay Aye Back Bank Bay Because Been Before Begin Behind Being Believe Below Beside
    Besides Best Better Between Beyond Bible Bishop Black Bolshevik Bolsheviks Bolshevism Both Box Briefly
    Bulletin Bundestag Bureau But By Cabinet Came Can Cannot Cape Capitol Captain Catholic Catholics Center
    CENTO Central Centre Certain Certainly Cf Chairman Chancellor Chapter Charge Chargé Charter Chief Chiefs
    Christian Christianity Christians Christmas Chronicle Church CIA Circular Cit Clearly Co Cold College
    Colonel Come Cominform Comintern Comment Commerce Commission Commissioner Committee Commonwealth Communism
    Communist Communists Comrade Concerning Concurrences Conference Confidential Congress Consequently
    Conservative Conservatives Considering Constitution Consul Consular Consulate Contel Contrary Copies Copy
    Cordially Cortes Could Council Counselor Counter Court Covenant Crown Dear December Defence Defense
    Delegation Democrat Democrats Department Departments Dept Deptel Depts Deputy Despatch Despite Did Diet
    Director Dispatch Distribution Do Doctor Document Documents DOD Does Doubtless Draft Due Duma During Each
    Earlier Early East Easter Eastern Ed Editor Editors Eds EEC Either Else Elsewhere Emb Embassies Embassy
    Embs Embtel Emperor Empire Encl Enclosed Enclosure END Entente Especially Even Eventually Ever Every
    Everyone Everything Evidently Ex Excellency Except Exodus Eyes Faithfully Fall Far Fascism Fascist
    Fascists February Federal Federation Few Fifth Figure File Files Finally Finance Find First Following
    Fonoff For Foreign Former Formerly Fort Fortunately Fourth Franco Frankly Free Friday From FRUS Further
    Furthermore FYI GATT Gazette General Generally Genesis Gentlemen Give Given Go God Good Goodbye Gospel
    Government Governments Governor Govt Govts Grand Great Guiana Gulf Had Half Hall Hardly Has Have Having He
    Heaven Hemisphere Hence Her Herald Here Herewith Hers Hi High Highness Him Himself Hindu Hindus His
    History Hitherto Holy Home House How However Hurrah I Ibid Idem If Immediately Imperial In Incidentally
    Indeed Infotel Infra Instead Institute Institution Intelligence Inter International Into Intra Is Islam
    Islamic Island Islands It Its Itself January JCS Jew Jewish Jews Joint Journal Judge July June Just
    Justice King Kingdom Knesset Kremlin Labor Labour Lake Last Late Later Latter Least Legation Lent Less
    Lest Let Letter Letters Liberal Liberals Library Lic Like Likewise Limited Little Long Lord’s Madam
    Magazine Majesty Majlis Many March Marshal Marxism Marxist Marxists May Maybe Mayor Me Meanwhile
    Memorandum Message Michaelmas Mid Middle Midnight Might Mine Minister Ministers Mission Mister Monday More
    Moreover Moslem Moslems Most Mount Mountain Much Museum Muslim Muslims Must My Myself Namely National NATO
    Navy Nazi Nazis Nazism Near Nearly Necessarily Neither Neo Never Nevertheless New Next Niact No Nobody Non
    None Nonetheless Noon Nor North Northern Nos Not Note Notes Nothing November Now Nowhere NSC Obviously
    Ocean October Of Off Office Offices Office’s Official Oh Old On Once One Only Onto Op Operations Or
    Ordinarily Other Others Otherwise Ought Our Ours Out Outside Over Owing Own Page Pan Paper Papers
    Paragraph Parliament Part Participants Party Pentagon Perhaps PL Please Plus PM Point Politburo Pope Port
    Possibly Post Pouch Pp Pre Premier President Presidents Presidium Press Presumably Previously Prime Prince
    Printed Priority Private Pro Probably Professor Progress Protestant Protestants Provided Providence Psalm
    Psalms Pseudo Public Quarterly Queen Quite Rather Re Really Received Recently Record Records Red Ref
    Reference References Regarding Reichstag Repeated Report Reports Republic Republican Republicans
    Respectfully Restricted Reverend Review Right River Road Round Royal Russo Said Saint Same Saturday School
    Scripture Sea SEATO Second Secondly Secret Secretaries Secretary Section Security See Seldom Self Semi
    Senate Senator September Ser Several Shah Shall She Should Signature Signed Similarly Since Sincerely Sino
    Sir Six Small So Socialism Socialist Socialists Society Some Somebody Someone Something Sometimes Somewhat
    Soon Source Sources South Southern Soviet Soviets Special Spring Square Staff State States Still Street
    Strictly Sub Subject Such Sultan Summary Summer Sunday Super Suppose Supra Supreme Surely Tab Table Take
    Telegram Telegrams Tell Ten Testament Text Than Thank Thanks That The Their Theirs Them Themselves Then
    Thence There Thereafter Thereby Therefore Thereupon These They Third Thirdly This Those Though Three
    Through Throughout Thursday Thus Till Time Title To Today Together Tomorrow Tonight Too Top Tories Tory
    Toward Towards Trans Treasury Treaty Tribune Truly Tuesday Twice Two UK Ultimately Ultra UN Unclassified
    Under Undersecretary Undoubtedly Unfortunately Union United University Unless Unlike UNO Until Up Upon
    Urgent US Us USA USSR Usually Vatican Verbatim Very Via Vice Vol Vols Volume Was We Wednesday Well Went
    Were West Western What Whatever When Whence Whenever Where Whereas Whereupon Wherever Whether Which Whig
    Whigs While White Whitehall Who Whoever Whole Whom Whose Why Will Winter With Within Without World Would
    Write Yes Yesterday Yet You Your Yours Zionist Zionists
    """
)
#: Peoples, tongues and the adjectives of countries; with the endings below.
PEOPLES = words(
    """
    Abyssinian Afghan Afghans African Africans Albanian Albanians Algerian Algerians American Americans Arab
    Arabian Arabs Argentine Argentines Argentinian Armenian Armenians Aryan Asian Asians Asiatic Athenian
    Athenians Australian Australians Austrian Austrians Austro Azerbaijani Balt Balts Basque Basques Bavarian
    Bavarians Belgian Belgians Bengali Bengalis Berber Berbers Bessarabian Boer Boers Bohemian Bolivian
    Bolivians Bosnian Bosnians Brazilian Brazilians British Briton Britons Bulgar Bulgarian Bulgarians Burman
    Burmese Byzantine Cambodian Cambodians Cameroonian Canadian Canadians Castilian Catalan Catalans Celt
    Celtic Celts Ceylonese Chadian Chilean Chileans Chinese Colombian Colombians Congolese Corsican Cossack
    Cossacks Creole Cretan Croat Croatian Croats Cuban Cubans Cypriot Cypriots Czech Czechoslovak
    Czechoslovakian Czechs Dalmatian Dane Danes Danish Dutch Dutchman Dutchmen Ecuadorian Egyptian Egyptians
    English Englishman Englishmen Englishwoman Eritrean Estonian Estonians Ethiopian Ethiopians European
    Europeans Fijian Filipino Filipinos Finn Finnish Finns Fleming Flemish Florentine Formosan French
    Frenchman Frenchmen Frenchwoman Gallic Gambian Genevan Genoese Georgian Georgians German Germanic Germans
    Ghanaian Ghanaians Greco Greek Greeks Guatemalan Guianese Guinean Guineans Gypsies Gypsy Haitian Haitians
    Hanoverian Hawaiian Hellenic Hispanic Honduran Hungarian Hungarians Icelander Icelandic Indian Indians
    Indo Indochinese Indonesian Indonesians Iranian Iranians Iraqi Iraqis Irish Irishman Irishmen Israeli
    Israelis Italian Italians Jamaican Japanese Javanese Jesuit Jesuits Jewish Jordanian Jordanians Kashmiri
    Kashmiris Katangan Katangese Kenyan Kenyans Khmer Korean Koreans Kurd Kurdish Kurds Kuwaiti Kuwaitis Lao
    Laotian Laotians Lapp Latin Latvian Latvians Lebanese Lett Levantine Liberian Liberians Libyan Libyans
    Lithuanian Lithuanians Londoner Londoners Macedonian Magyar Magyars Malagasy Malay Malayan Malayans Malays
    Malaysian Malaysians Maltese Manchu Manchurian Manx Maori Mauritanian Mexican Mexicans Moldavian Mongol
    Mongolian Mongolians Mongols Montenegrin Moor Moorish Moors Moroccan Moroccans Muscovite Muscovites
    Mussulman Neapolitan Negro Negroes Nepalese Nicaraguan Nigerian Nigerians Nordic Norman Normans Norse
    Norwegian Norwegians Omani Oriental Orientals Ottoman Ottomans Pakistani Pakistanis Palestinian
    Palestinians Panamanian Panamanians Paraguayan Parisian Parisians Parsee Pathan Pathans Persian Persians
    Peruvian Peruvians Pole Poles Polish Polynesian Portuguese Prussian Prussians Punjabi Puritan Puritans
    Quaker Quakers Rhodesian Rhodesians Roman Romanian Romanians Romans Roumanian Roumanians Rumanian
    Rumanians Russian Russians Ruthenian Rwandan Samoan Sardinian Saudi Saudis Saxon Saxons Scandinavian
    Scandinavians Scot Scotch Scotchman Scots Scotsman Scotsmen Scottish Semitic Senegalese Serb Serbian
    Serbians Serbs Siamese Siberian Sicilian Sikh Sikhs Silesian Singaporean Sinhalese Slav Slavic Slavonic
    Slavs Slovak Slovaks Slovene Slovenes Slovenian Somali Somalis Soviet Spaniard Spaniards Spanish Spartan
    Sudanese Swede Swedes Swedish Swiss Syrian Syrians Tahitian Taiwanese Tamil Tamils Tanzanian Tanzanians
    Tartar Tartars Tatar Tatars Teuton Teutonic Thai Thais Tibetan Tibetans Togolese Transylvanian Tunisian
    Tunisians Turk Turkish Turks Tuscan Tyrolese Ugandan Ukrainian Ukrainians Uruguayan Venetian Venetians
    Venezuelan Venezuelans Viennese Vietnamese Welsh Welshman Welshmen Yank Yankee Yankees Yemeni Yemenis
    Yugoslav Yugoslavian Yugoslavs Zairian Zambian Zulu Zulus
    """
)
PEOPLE_ENDINGS = tuple(
    sorted(words("ism isms ist ists ians eans icans stani stanis ese ness ity tion ment ship craft ology"))
)
