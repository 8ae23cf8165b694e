"""What several tagging rules share: walking the leaf blocks, dating in words, and small word lists of English.

The lists are general knowledge (titles, offices, given names, verbs of speech, places); none holds a surname.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import regex

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from teiprep.document import Block, Document


def leaves(document: Document) -> Iterator[tuple[str, Block]]:
    """Each leaf block of each reading flow with that flow's whole text, in the order of the text."""
    for flow in document.reading_flows:
        for block in document.leaves.get(flow.id, ()):
            if block.end > block.start:
                yield flow.text, block


def divisions(block: Block | None, by_id: Mapping[str, Block]) -> Iterator[str]:
    """The ids of the divisions around `block`, the innermost first, then `""` for the document."""
    seen = 0
    while block is not None and block.parent is not None and seen < 100:
        block = by_id.get(block.parent)
        seen += 1
        if block is not None and block.type == "div":
            yield block.id
    yield ""


def slug(text: str) -> str:
    """A part of an id: lower-case ASCII letters and digits, joined by hyphens.

    >>> slug("Von Weizsäcker"), slug("O’Neill")
    ('von-weizsacker', 'oneill')
    """
    plain = unicodedata.normalize("NFKD", text.replace("ł", "l").replace("ø", "o").replace("ß", "ss")).casefold()
    plain = regex.sub(r"['’\p{M}]", "", plain)
    return regex.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "-".join(f"u{ord(c):x}" for c in plain)


def words(text: str) -> frozenset[str]:
    """The set of the words of `text`, which stand apart by white space."""
    return frozenset(text.split())


WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

#: Titles that stand before a name and are no part of it; those with a full stop also occur without.
ABBREVIATED_TITLES = words(
    """
    Abp Adm Amb Bp Capt Cmdr Col Dr Fr Gen Gov Hon Lieut Lt M MM Maj Messrs Mlle Mme Mr Mrs Ms Pres Prof Rep Rev
    Sen Sgt
    """
)
TITLES = words(
    """
    Acting Administrator Admiral Adviser Advisor Ambassador Archbishop Assistant Attache Attaché Attorney Aunt
    Baron Baroness Bishop Brigadier Captain Cardinal Chairman Chancellor Charge Chargé Chief Colonel Commander
    Commissar Commissioner Commodore Comrade Congressman Congresswoman Consul Coordinator Corporal Counsel
    Counsellor Counselor Count Countess Czar Dame Defence Defense Delegate Deputy Director Doctor Duchess Duke
    Earl Emir Emperor Empress Envoy Ex-President Father Field Finance Foreign Frau General Governor Herr Interior
    Judge Justice King Lady Lieutenant Lord Madam Madame Major Marquess Marquis Marshal Master Mayor Mediator
    Minister Miss Mister Monsieur Pope Premier Premier-elect President President-elect Prime Prince Princess
    Professor Queen Rabbi Representative Representative-designate Reverend Saint Secretary Secretary-General
    Senator Senor Sergeant Señor Shah Shaikh Sheikh Signor Sir Solicitor Speaker Squire Sultan Tsar Uncle Under
    Undersecretary Vice Vice-Chairman Vice-Chancellor Vice-Consul Vice-Premier Vice-President Viscount d'Affaires
    d’Affaires
    """
)
#: Titles that leave no doubt that a name follows; the others also begin names of bodies (General Assembly).
SURE_TITLES = (ABBREVIATED_TITLES - {"Fr", "M", "MM", "Rep", "Gen", "Sen", "Hon"}) | words(
    "Frau Herr Lady Lord Madame Miss Mister Monsieur Sir"
)
FEMALE_TITLES = words(
    """
    Aunt Baroness Countess Dame Duchess Empress Frau Lady Madam Madame Miss Mlle Mme Mrs Ms Princess Queen
    """
)
#: What comes after "Secretary of" or "Minister for" and belongs to the office.
OFFICES = words(
    """
    Affairs African Agriculture Air American Army Asian Central Commerce Council Defence Defense Eastern Economic
    Education European Exchequer Far Finance Foreign Health Information Intelligence Inter-American Interior
    International Justice Labor Labour Latin Mission Navy Near North Northern Operations Organization Political
    Protocol Public Security South Southeast Southern Staff State Trade Transport Treasury War Western
    """
)
#: Particles that belong to the surname after them.
PARTICLES = words(
    """
    af al av ben bin da das de del della den der des di dos du e el ibn la le ten ter van von y zu zum zur
    """
)

#: Nouns that end the name of a body, a place or a thing: "Kellogg Pact", "Adams County", "Nobel Prize".
BODY_NOUNS = words(
    """
    Headquarters Order Orders Strike Election Elections Manager
    & Academy Act Administration Administration’s Affair Affairs Agency Agreement Alliance Amendment Archive
    Archives Army Assembly Association Authority Avenue Award Bank Barracks Base Battalion Bay Beach Bill Board
    Boulevard Branch Bridge Brigade Brothers Building Bulletin Bureau Cabinet Camp Canal Cape Castle Cathedral
    Center Centre Chamber Channel Chapel Charter Chronicle Church City Club Coast Collection College Command
    Commissariat Commission Commissions Committee Company Conference Congress Considerations Constitution
    Consulate Control Convention Corporation Corps Council County Court Creek Crisis Cross Cup Day Declaration
    Delegation Department Desert Directorate Discussion District Division Doctrine Doctrine’s Dynasty Effort
    Efforts Electric Embassy Empire Era Estate Eve Expedition Express Falls Farm Fellowship Field File Files Fleet
    Force Forces Forest Formula Foundation Front Fund Gardens Gate Gazette Government Group Guard Gulf Hall Harbor
    Harbour Herald Highway Hill Hills Hospital Hotel House Inc Inquiry Institute Institution Island Islands
    Journal Lake Lane Law Lawn League Legation Letters Library Line Lodge Ltd Manor Manuscripts Market Memoirs
    Memorandum Memorial Mill Mills Mine Ministry Mission Monthly Monument Motors Mountain Mountains Movement
    Museum News Note Notes Observer Ocean Office Organization Pact Palace Papers Parish Park Parliament Party Pass
    Peninsula Pennant Plan Plans Plant Plaza Point Police Policy Port Post Press Principles Prize Project Proposal
    Proposals Protocol Province Quarterly Railroad Railway Range Record Records Regiment Register Regulations
    Relations Report Reports Republic Resolution Review Revolution Ridge River Road Room Round Rule School Sea
    Secretariat Senate Service Services Session Side Society Sound Square Staff Statement Station Strait Straits
    Street Study Subcommittee Summit Survey Syndicate System Talks Tavern Telegraph Temple Terrace Territory
    Theater Theatre Times Tower Town Treaty Tribune Trust Union University Valley Village Visit Visits Volunteers
    War Wharf Works World Yard Years Zone
    """
)
#: Capitalised words that are never a name by themselves: they begin sentences, or name bodies, times, things, roles.
NO_NAMES = words(
    """
    A AM About Above Academy According Accordingly Across Acting Additional Additionally Administration Admiral
    Affairs After Afterwards Again Against Agriculture All Allied Allies Almighty Almost Along Already Also
    Although Altogether Always Am Ambassador Ambassadors Among An And Anglo Annals Annex Annual Another Ante Anti
    Any Anyone Anything Apart Apparently Appendix April Archive Archives Are Army Around Article As Aside Asked
    Assembly Assigned Assistant Association At Attached Attachment Attaché August Autumn Avenue Away Axis Back
    Bank Bay Because Been Before Begin Behind Being Believe Below Beside Besides Best Better Between Beyond Bible
    Bishop Black Bolshevik Bolsheviks Bolshevism Both Box Briefly Bulletin Bundestag Bureau But By CENTO CIA
    Cabinet Came Can Cannot Cape Capitol Captain Catholic Catholics Center Central Centre Certain Certainly Cf
    Chairman Chancellor Chapter Charge Chargé Charter Chief Chiefs Christian Christianity Christians Christmas
    Chronicle Church Circular Cit Clearly Co Cold College Colonel Come Cominform Comintern Comment Commerce
    Commission Commissioner Committee Commonwealth Communism Communist Communists Comrade Concerning Concurrences
    Conference Confidential Congress Consequently Conservative Conservatives Considering Constitution Consul
    Consular Consulate Contel Contrary Copies Copy Cordially Cortes Could Council Counselor Counter Court Covenant
    Crown DOD Dear December Defence Defense Delegation Democrat Democrats Department Departments Dept Deptel Depts
    Deputy Despatch Despite Did Diet Director Dispatch Distribution Do Doctor Document Documents Does Doubtless
    Draft Due Duma During EEC END Each Earlier Early East Easter Eastern Ed Editor Editors Eds Either Else
    Elsewhere Emb Embassies Embassy Embs Embtel Emperor Empire Encl Enclosed Enclosure Entente Especially Even
    Eventually Ever Every Everyone Everything Evidently Ex Excellency Except Exodus Eyes FRUS FYI Faithfully Fall
    Far Fascism Fascist Fascists February Federal Federation Few Fifth Figure File Files Finally Finance Find
    First Following Fonoff For Foreign Former Formerly Fort Fortunately Fourth Franco Frankly Free Friday From
    Further Furthermore GATT Gazette General Generally Genesis Gentlemen Gimo Give Given Go God Good Goodbye
    Gospel Government Governments Governor Govt Govts Grand Great Guiana Gulf Had Half Hall Hardly Has Have Having
    He Heaven Hence Her Herald Here Herewith Hers Hi High Highness Him Himself Hindu Hindus His History Hitherto
    Holy Home House How However I Ibid Idem If Immediately Imperial In Incidentally Indeed Infotel Infra Instead
    Institute Institution Intelligence Inter International Into Intra Is Islam Islamic Island Islands It Its
    Itself JCS January Jew Jewish Jews Joint Journal Judge July June Just Justice King Kingdom Knesset Kremlin
    Labor Labour Lake Last Late Later Latter Least Legation Lent Less Lest Let Letter Letters Liberal Liberals
    Library Lic Like Likewise Limited Little Long Lord’s Madam Magazine Majesty Majlis Many March Marshal Marxism
    Marxist Marxists May Maybe Mayor Me Meanwhile Memorandum Message Michaelmas Mid Middle Midnight Might Mine
    Minister Ministers Mission Mister Monday More Moreover Moslem Moslems Most Mount Mountain Much Museum Muslim
    Muslims Must My Myself NATO NSC Namely National Navy Nazi Nazis Nazism Near Nearly Necessarily Neither Neo
    Never Nevertheless New Next Niact No Nobody Non None Nonetheless Noon Nor North Northern Nos Not Note Notes
    Nothing November Now Nowhere Obviously Ocean October Of Off Office Office’s Official Oh Old On Once One Only
    Onto Op Operations Or Ordinarily Other Others Otherwise Ought Our Ours Out Outside Over Owing Own PL PM Page
    Pan Paper Papers Paragraph Parliament Part Participants Party Pentagon Perhaps Please Plus Point Politburo
    Pope Port Possibly Post Pouch Pp Pre Premier President Presidents Presidium Press Presumably Previously Prime
    Prince Printed Priority Private Pro Probably Professor Progress Protestant Protestants Provided Providence
    Psalm Psalms Pseudo Public Quarterly Queen Quite Rather Re Really Received Recently Record Records Red Ref
    Reference References Regarding Reichstag Repeated Report Reports Republic Republican Republicans Respectfully
    Restricted Reverend Review Right River Road Round Royal Russo SEATO Said Saint Same Saturday School Scripture
    Sea Second Secondly Secret Secretaries Secretary Section Security See Seldom Self Semi Senate Senator
    September Ser Several Shah Shall She Should Signature Signed Similarly Since Sincerely Sino Sir Six Small So
    Socialism Socialist Socialists Society Some Somebody Someone Something Sometimes Somewhat Soon Source Sources
    South Southern Soviet Soviets Special Spring Square Staff State States Still Street Strictly Sub Subject Such
    Sultan Summary Summer Sunday Super Suppose Supra Supreme Surely Tab Table Take Telegram Telegrams Tell Ten
    Testament Text Than Thank Thanks That The Their Theirs Them Themselves Then Thence There Thereafter Thereby
    Therefore Thereupon These They Third Thirdly This Those Though Three Through Throughout Thursday Thus Till
    Time Title To Today Together Tomorrow Tonight Too Top Tories Tory Toward Towards Trans Treasury Treaty Tribune
    Truly Tuesday Twice Two UK UN UNO US USA USSR Ultimately Ultra Unclassified Under Undersecretary Undoubtedly
    Unfortunately Union United University Unless Unlike Until Up Upon Urgent Us Usually Vatican Verbatim Very Via
    Vice Vol Vols Volume Was We Wednesday Well Went Were West Western What Whatever When Whence Whenever Where
    Whereas Whereupon Wherever Whether Which Whig Whigs While White Whitehall Who Whoever Whole Whom Whose Why
    Will Winter With Within Without World Would Write Yes Yesterday Yet You Your Yours Zionist Zionists
    """
)
#: Countries, cities, regions, rivers; a capital or a country often stands for its government ("London said …").
PLACES = words(
    """
    Abyssinia Accra Addis Aden Afghanistan Africa Alabama Alaska Albania Aleppo Alexandria Algeria Algiers Alps
    Alsace America Americas Amman Amsterdam Anatolia Andes Angeles Angola Ankara Antarctica Antwerp Appalachia
    Arab Arabia Archangel Ardennes Argentina Arizona Arkansas Armenia Asia Athens Atlanta Atlantic Australasia
    Australia Austria Austria-Hungary Azerbaijan Azores Baghdad Bahamas Bahrain Baku Balkans Baltic Baltimore
    Bangkok Bangladesh Barbados Barcelona Basel Basle Bath Bavaria Beijing Beirut Belfast Belgium Belgrade Bengal
    Berlin Bermuda Bern Berne Bessarabia Birmingham Blackburn Bohemia Bolivia Bologna Bombay Bonin Bonn Bordeaux
    Bosnia Bosphorus Bosporus Boston Brazil Bremen Brest Brighton Bristol Britain Brooklyn Brunei Brussels
    Bucharest Budapest Bulgaria Burma Burundi Byzantium Cairo Calais Calcutta California Cambodia Cambridge
    Cameroon Cameroons Canada Canberra Canterbury Canton Caracas Caribbean Carolina Carthage Caspian Caucasus
    Ceylon Chad Chicago Chile China Chungking Cologne Colombia Colombo Colorado Congo Connecticut Constantinople
    Copenhagen Corfu Corsica Cracow Crete Crimea Croatia Cuba Cyprus Czechoslovakia Dakar Dalmatia Damascus Danube
    Danzig Dardanelles Delaware Delhi Denmark Detroit Djakarta Djibouti Dominica Dover Dresden Dublin Dunkirk
    Ecuador Edinburgh Egypt England Eritrea Estonia Ethiopia Eurasia Europe Exeter Fiji Finland Flanders Florence
    Florida Formosa France Francisco Frankfurt Galicia Gaza Geneva Genoa Georgia Germany Ghana Gibraltar Glasgow
    Greece Greenland Guam Guatemala Guinea Guinea-Bissau Guyana Hague Hainan Haiti Halifax Hamburg Hampshire Hanoi
    Hanover Harbin Havana Havre Hawaii Helsingfors Helsinki Herzegovina Hiroshima Holland Honduras Hong Honolulu
    Hopei Houston Hull Hungary Iberia Iceland Illinois Incheon India Indiana Indochina Indonesia Iowa Iran Iraq
    Ireland Irkutsk Israel Istanbul Italy Jakarta Jamaica Japan Java Jehol Jersey Jerusalem Jordan Kabul Kansas
    Karachi Kashmir Katanga Kazan Kent Kentucky Kenya Khartoum Kiel Kiev Kong Korea Kuril Kuriles Kuwait Kyoto
    Lahore Lancashire Lanka Laos Latvia Lausanne Lebanon Leeds Leghorn Leipzig Leningrad Leone Leopoldville
    Liberia Libya Lima Lisbon Lithuania Liverpool Locarno London Lorraine Louisiana Lucerne Luxembourg Luzon Lwow
    Lyons Macedonia Madagascar Madrid Maine Malacca Malaya Malaysia Mali Malta Managua Manchester Manchukuo
    Manchuria Manhattan Manila Marseilles Martinique Maryland Massachusetts Matsu Mauritania Mauritius Mecca
    Mediterranean Melbourne Mesopotamia Mexico Miami Michigan Milan Minnesota Mississippi Missouri Moldavia Monaco
    Mongolia Montana Montenegro Montevideo Montreal Morocco Moscow Moskva Mozambique Mukden Munich Murmansk
    Nairobi Nam Nanking Naples Nebraska Nepal Netherlands Nevada Newcastle Newfoundland Nicaragua Nicosia Niger
    Nigeria Nile Normandy Norway Norwich Nottingham Nuremberg Odessa Ohio Okinawa Oklahoma Oman Omsk Ontario
    Oregon Orleans Oslo Ottawa Oxford Pacific Pakistan Palestine Panama Paraguay Paris Peking Pennsylvania Persia
    Peru Petersburg Petrograd Philadelphia Philippines Piedmont Pittsburgh Plymouth Poland Portsmouth Portugal
    Potsdam Prague Pretoria Princeton Provence Prussia Pskov Pyongyang Pyrenees Qatar Quebec Quemoy Rangoon
    Reading Reval Reykjavik Rhine Rhineland Rhodesia Riga Riyadh Romania Rome Rotterdam Roumania Ruhr Rumania
    Russia Rwanda Saar Sahara Saigon Sakhalin Salisbury Salonica Salonika Samoa Santiago Sarajevo Sardinia Saudi
    Savoy Saxony Scandinavia Scotland Seattle Senegal Seoul Serbia Sevastopol Shanghai Shantung Sheffield Siam
    Siberia Sicily Silesia Singapore Sinkiang Slovakia Slovenia Smolensk Smyrna Sofia Somalia Somaliland
    Southampton Spain Stockholm Strasbourg Stuttgart Sudan Suez Sumatra Surrey Sussex Sweden Switzerland Sydney
    Syria Szechuan Taipei Taiwan Tallinn Tanganyika Tangier Tanzania Tashkent Teheran Tehran Tennessee Texas
    Thailand Thames Thessaly Thrace Tibet Tientsin Tiflis Tokio Tokyo Tonkin Toronto Toulon Transjordan Transvaal
    Transylvania Trieste Trinidad Tripoli Tripolitania Troy Tsingtao Tunis Tunisia Turin Turkestan Turkey Tuscany
    Tyrol Uganda Ukraine Ulster Uruguay Utah Utrecht Venezuela Venice Verdun Vermont Versailles Vichy Vienna
    Vientiane Viet Viet-Nam Vietnam Vilna Virginia Vladivostok Volga Wales Warsaw Washington Waterloo Wellington
    Westminster Westphalia Wisconsin Worcester Wyoming Yalta Yemen Yokohama York Yorkshire Yugoslavia Yunnan
    Zagreb Zaire Zambia Zanzibar Zealand Zurich
    """
)
#: Peoples, tongues and the adjectives of countries; with the endings below.
PEOPLES = words(
    """
    Afghan Albanian American Arab Arabs Argentine Armenian Aryan Asiatic Basque Belgian Berber Boer Boers
    Brazilian British Briton Britons Burmese Byzantine Cambodian Canadian Celt Celtic Cossack Cossacks Creole
    Croat Croats Cuban Cypriot Cypriots Czech Czechs Dane Danes Danish Dutch Dutchman English Englishman
    Englishmen Filipino Filipinos Finn Finnish Finns Flemish French Frenchman Frenchmen Genoese German Germans
    Greco Greek Greeks Gypsy Hellenic Hispanic Indian Indo Iraqi Iraqis Irish Irishman Israeli Israelis Jesuit
    Jesuits Jewish Kurd Kurds Lao Laotian Latin Levantine Londoner Magyar Maltese Manx Moor Moors Muscovite
    Mussulman Neapolitan Negro Negroes Nordic Norse Norwegian Ottoman Pakistani Parisian Pathan Peruvian Pole
    Poles Polish Portuguese Prussian Punjabi Quaker Quakers Roman Romans Saxon Scot Scotch Scots Scotsman Scottish
    Semitic Serb Serbs Siamese Sikh Sikhs Sinhalese Slav Slavic Slavs Slovak Slovaks Slovene Somali Soviet
    Spaniard Spaniards Spanish Swede Swedes Swedish Swiss Tartar Tatar Teuton Teutonic Thai Turk Turkish Turks
    Ukrainian Venetian Viennese Welsh Welshman Yank Yankee Yankees Yugoslav Yugoslavs Zulu
    """
) | {
    # "Bolivian", "Pakistani", "Chinese": made from the places
    stem + ending
    for place in PLACES
    for stem in (place, place[:-1])
    for ending in ("n", "an", "ian", "i", "ese", "ish")
    if stem + ending != place and len(stem + ending) > 5
}
PEOPLE_ENDINGS = (
    "ism",
    "isms",
    "ist",
    "ists",
    "ians",
    "eans",
    "icans",
    "stani",
    "stanis",
    "ese",
    "ness",
    "ity",
    "tion",
    "ment",
    "ship",
    "craft",
    "ology",
)

#: Verbs of speech; their subject is a person, or a government.
SPEECH_VERBS = words(
    """
    added adds admits admitted announced answered answers argued argues asked asks asserted asserts commented
    comments complained concluded concludes confided continued cried cries declared declares emphasised emphasized
    enquired exclaimed exclaims explained explains inquired insisted insists interjected interrupted laughed
    maintained murmured muttered noted notes observed observes pleaded protested quoth recalled rejoined remarked
    remarks repeated replied replies reported responded responds retorted returned said says shouted sighed
    stammered stated states suggested suggests tells testified thundered told urged warned whispered writes wrote
    """
)
#: Verbs of thought and bearing, whose subject is a person or a government.
MIND_VERBS = words(
    """
    accepted agreed agrees appeared arrived became began believed believes called came considered considers
    declined denied did died dined disagreed does doubted expressed feared feels felt gave had has hoped hopes
    indicated indicates intended is knew knows left lunched made married mentioned met nodded pointed promised
    proposed proposes received referred refused remembered requested resigned returned saw seemed seems sent
    served signed smiled speaks spoke talked thinks thought took tried understands understood visited wanted wants
    was went wished wishes
    """
)
#: Verbs whose object is a person.
TO_PERSON_VERBS = words(
    """
    accompanied accompany addressed advised appointed ask asked assure assured consulted convinced dismissed
    eliminate finish inform informed instructed interviewed introduced invite invited married meet met persuaded
    received reminded replaced saw see succeeded summoned telegraphed telephoned tell thank thanked told urged
    visited warned
    """
)
KINSHIP = words(
    """
    assistant aunt brother colleague companion cousin daughter deputy father fiancée friend granddaughter grandson
    husband mother nephew niece predecessor secretary sister son stepson successor uncle widow wife
    """
)
#: Endings common among surnames of many countries and rare among other capitalised words.
SURNAME_ENDINGS = tuple(
    sorted(
        words(
            "ov ev in yn sky ski skii skiy ini elli etti ucci ler mann man berg stein son sen vich vić wicz escu oglu"
            " enko chuk ian yan shvili dze poulos akis idis ides ez ner ger ker itt ett ley ton ham field worth wood"
            " ard kov"
        )
    )
)

GIVEN_NAMES = words(
    """
    Aaron Abba Abbas Abdel Abdul Abdullah Abel Abigail Abner Abraham Abram Achille Achmed Ada Adalbert Adam Adele
    Adlai Adnan Adolf Adolph Adrian Agatha Agnes Ahmad Ahmed Aida Akbar Akira Alain Alan Alastair Albert Alberto
    Albrecht Alcide Aldo Alec Aleksander Aleksandr Aleksei Aleksey Alessandro Alex Alexander Alexandra Alexandre
    Alexei Alexis Alfonso Alfred Alfredo Algernon Ali Alice Alistair Allan Allen Alma Alois Alonzo Alphonse Alvin
    Amanda Ambrose Amelia Amin Amintore Amos Amy Ana Anastas Anatole Anatoli Anatolii Anatoliy Anatoly Anders
    Andre Andrea Andreas Andrei Andrew Andrey Andrzej André Angela Angelo Angier Angus Anita Ann Anna Anne Annie
    Anselm Anthony Antoine Anton Antonio Antony António Anwar Archibald Aristide Arkady Armand Armando Arne Arnold
    Arthur Arturo Asher Ashraf Astrid Athanasios Aubrey August Augusta Augustin Augustus Austen Austin Averell
    Avery Avraham Axel Aziz Barbara Barnaby Barry Bart Bartholomew Basil Beatrice Beatrix Ben Benedict Benigno
    Benito Benj Benjamin Bernard Bernardo Bernhard Bert Bertha Bertram Bertrand Bess Bessie Beth Betsy Betty Bill
    Billy Björn Bob Bobby Bogdan Boleslaw Bonar Boris Boyd Brenda Brent Brian Bridget Brigitte Bruce Bruno Bryan
    Burton Byron Caleb Calvin Camille Carl Carlo Carlos Carol Caroline Carter Caspar Catherine Cecil Cecilia
    Cedric Charles Charlie Charlotte Chas Chester Chris Christian Christina Christine Christopher Christos Clara
    Clare Clarence Clark Claude Claudia Clayton Clement Clifford Clifton Clinton Clive Clyde Colin Colum Comer
    Conrad Constance Constantin Constantine Cordelia Cordell Cornelia Cornelius Craig Curt Curtis Cuthbert Cynthia
    Cyril Cyrus Dag Daisy Dale Damian Dan Daniel Daphne David Davis Dean Deborah Denis Dennis Derek Desmond Dexter
    Diana Dick Diego Dieter Dietrich Dimitri Dimitrios Dimitry Dinah Dino Dmitri Dmitrii Dmitriy Dmitry Dolores
    Dominic Don Donald Dora Doris Dorothea Dorothy Douglas Drew Duncan Dwight Ebenezer Eddie Edgar Edith Edmond
    Edmund Edna Eduard Eduardo Edvard Edw Edward Edwin Egon Eileen Einar Elbert Eleanor Elena Eleutherios Eli
    Elias Elihu Elijah Elisabeth Eliza Elizabeth Ella Ellen Elliot Elliott Ellis Ellsworth Elmer Elsie Elspeth
    Emil Emile Emilio Emily Emma Emmanuel Enrico Enrique Enver Eric Erich Erik Erna Ernest Ernesto Ernst Errol
    Erwin Esmond Estelle Esther Ethel Etienne Eugen Eugene Eugenia Eugenio Eustace Eva Evan Evangelos Eve Evelyn
    Everett Evgenii Evgeny Ezekiel Ezra Faisal Fanny Farid Fatima Faustin Feisal Felipe Felix Ferdinand Fernand
    Fernando Fidel Filippo Fiona Fitzroy Flora Florence Floyd Frances Francesco Francis Francisco Franco Frank
    Franklin Frans Franz François Françoise Fred Freda Frederic Frederick Frederik Friedrich Fritz Fulgencio
    Gabriel Gabriele Gail Gale Galeazzo Gamal Gareth Garret Gaston Gavin Genevieve Gennadi Gennady Geo Geoffrey
    Georg George Georges Georgi Georgii Georgios Georgy Gerald Geraldine Gerard Gerhard Gertrude Getulio Giacomo
    Gideon Gilbert Giles Gillian Gino Giorgio Giovanni Giulio Giuseppe Gladys Glen Glenn Gloria Godfrey Golda
    Gordon Grace Graham Grant Gregor Gregorio Gregory Greta Griffith Grigori Grigorii Grigory Grover Guglielmo
    Guido Guillaume Guillermo Gunnar Gunther Gus Gustav Gustave Guy Gwendolyn Günther Habib Hadley Haile Hal
    Halvard Hamid Hamilton Hannah Hans Harlan Harold Harriet Harris Harrison Harry Hartley Harvey Hasan Hashim
    Hassan Hazel Hector Heinrich Heinz Helen Helena Helene Helmut Helmuth Hendrik Henri Henrietta Henrik Henry
    Henryk Herbert Herman Hermann Hester Hilary Hilda Hiram Hjalmar Holger Homer Horace Horatio Hosea Howard
    Hubert Huey Hugh Hugo Humphrey Husain Hussain Hussein Ian Ibrahim Ida Ignacio Ignacy Ignatius Igor Ihsan Ilia
    Ilya Immanuel Imre Inez Ingrid Ira Irene Iris Irma Irvin Irving Irwin Isaac Isabel Isabella Isaiah Ishmael
    Ismail Ismet Istvan István Italo Ivan Ivar Ivor Ivy Jack Jackson Jacob Jacqueline Jacques Jaime Jake Jakob
    Jamal James Jamil Jan Jane Janet Janos Jared Jaroslav Jas Jasper Javier Jawaharlal Jay Jean Jeanne Jefferson
    Jeffrey Jennie Jennifer Jenny Jens Jeremiah Jeremy Jerome Jerry Jesse Jessica Jessie Jim Jimmy Jno Joachim
    Joan Joanna Joaquin Joe Joel Johan Johann Johannes John Johnny Jomo Jon Jonas Jonathan Jorge Jose Josef Joseph
    Josephine Josephus Joshua Josiah Josip José Joyce Juan Juana Judith Judson Jules Julia Julian Juliana Julie
    Juliet Julio Julius Jung Justin János Józef Kamal Karel Karen Karim Karin Karl Kaspar Kate Katharine Katherine
    Kathleen Kay Keith Kemal Ken Kenneth Kermit Kevin Khalid Kingman Kirk Kiyoshi Klaus Klement Kliment Knud Knut
    Konni Konrad Konstantin Konstantinos Kristian Kurt Kwame Lajos Lambert Lancelot Lars Laura Laurence Lauris
    Laurits Lavrenti Lawrence Lawton Lazar Leah Lee Leif Leland Lemuel Len Lena Leo Leon Leonard Leonardo Leonid
    Leonidas Leopold Leroy Leslie Lester Letitia Lev Lewis Liam Lilian Lillian Lincoln Linda Linus Lionel
    Livingston Livingstone Llewellyn Lloyd Lois Lorenz Lorenzo Loretta Lothar Lou Louis Louisa Louise Lowell Loy
    Lubomir Lucas Lucia Lucien Lucinda Lucius Lucy Ludvik Ludwig Luigi Luis Luise Lukas Luke Luther Lydia Lyman
    Lyndon Lynn Léon Mabel Madeleine Magdalena Magnus Mahatma Mahmoud Mahmud Majid Maksim Malcolm Manfred Manlio
    Manuel Marc Marcel Marcello Marco Marcus Margaret Margery Margot Maria Marian Marianne Marie Marina Mario
    Marion Marjorie Mark Marlin Marmaduke Marshall Martha Martin Marvin Mary Masaaki Mason Mathias Mathilda
    Matilda Matteo Matthew Matthias Maud Maude Maurice Mauricio Max Maxim Maxime Maximilian Maxwell Mehdi Mehmet
    Melville Melvin Mendel Mercy Meyer Michael Michel Michele Miguel Mikael Mikhail Mildred Miles Milo Milton
    Minnie Miriam Miron Mohamed Mohammad Mohammed Moishe Molly Monica Montagu Montague Montgomery Morarji Mordecai
    Morgan Moritz Morris Mortimer Morton Moses Moshe Muhammad Murray Musa Mustafa Myron Nadezhda Nadia Nahum Nancy
    Naomi Napoleon Nat Natalia Natalie Nathan Nathaniel Ned Nehemiah Neil Nell Nellie Nelson Neville Newton Ngo
    Nguyen Nicholas Nick Nicola Nicolae Nicolas Nigel Nikita Nikola Nikolai Nikolaos Nikolaus Nikolay Nils Nina
    Noah Noel Nora Norma Norman Norodom Nuri Obadiah Octavius Odette Olaf Ole Oleg Olga Oliver Olivia Omar Orlando
    Orville Oscar Oskar Osman Oswald Oswaldo Otis Otto Owen Pablo Palmer Palmiro Pamela Panayotis Paolo Pascal Pat
    Patrice Patricia Patrick Paul Paula Paulina Pauline Pavel Pearl Pedro Peggy Penelope Percival Percy Peregrine
    Perry Pete Peter Petr Petros Peyton Phil Philip Philippa Philippe Phillip Phillips Philo Phineas Phoebe
    Phyllis Pierce Pierre Pierrepont Pieter Pietro Pinhas Piotr Polly Preston Priscilla Prudence Quentin Quincy
    Quintin Rab Rachel Rafael Ragnar Rajeshwar Ralph Ramon Ramsay Ramsey Randolph Raoul Raphael Raul Ray Raymond
    Raúl Rebecca Reginald Reinhard Reinhold Rene René Reuben Rex Reza Ricardo Richard Rita Roald Rob Robert
    Roberto Robin Robt Rodney Rodolfo Rodolphe Roger Roland Rolf Ronald Rosa Rosalind Rose Rosemary Ross
    Roswell Roy Rube Ruben Rudolf Rudolph Rufus Rupert Ruslan Russell Ruth Sadie Salah Sally Salvador Salvatore
    Sam Samir Samuel Sanford Santiago Sara Sarah Sargent Sarojini Saul Scott Sean Sebastian Seldon Selim Selma
    Selwyn Semyon Serge Sergei Sergey Sergio Seth Shane Sheila Shimon Shirley Shmuel Sibyl Sidney Siegfried
    Sigismund Sigmund Sigrid Silas Silvio Simeon Simon Simone Sophia Sophie Spencer Spiro Stafford Stan Stanislaus
    Stanislav Stanislaw Stanley Stefan Stella Stephan Stephanie Stephen Sterling Steve Steven Stewart Stuart Sue
    Sumner Susan Susanna Susannah Sven Svetlana Sydney Sylvester Sylvia Tadeusz Tatiana Ted Teodoro Terence Teresa
    Terry Thaddeus Thelma Theodor Theodore Theodosia Theophilus Theresa Thomas Thor Thornton Thorvald Thos
    Thurgood Tibor Tim Timothy Titus Tobias Todd Toivo Tom Tomas Tommy Tomáš Tony Trygve Tyler Ulrich Ulysses
    Umberto Upton Urban Urho Ursula Vaclav Valentin Valentine Valerian Valery Vance Vasili Vasilii Vasily Vasyl
    Vernon Veronica Viacheslav Victor Victoria Vidkun Viktor Vilhelm Vincent Vincenzo Viola Violet Virgil Virginia
    Vittorio Vivian Vladimir Vojislav Volodymyr Vyacheslav Václav Wade Waldo Wallace Walter Walther Wanda Ward
    Warner Warren Wayne Wendell Werner Wesley Wilbur Wilfred Wilfrid Wilhelm Willard Willem William Willie Willis
    Willy Wilma Winfield Winifred Winston Winthrop Wladyslaw Wm Wolf Wolfgang Woodrow Xavier Yakov Yasser Yevgeni
    Yitzhak Yolanda Yuri Yurii Yury Yves Yvonne Zachariah Zachary Zalman Zbigniew Zhores Zoltan Zulfikar Zulfiqar
    Émile Étienne
    """
)
