"""Given names of many languages, and which of them tell that a woman or a man bears them."""

from __future__ import annotations


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


GIVEN_NAMES = _names(
    """
    Aaron Abba Abbas Abdel Abdul Abdullah Abel Abigail Abner Abraham Abram Achille Achmed Ada Adalbert Adam
    Adelaida Adelaide Adele Adlai Adnan Adolf Adolph Adrian Agatha Agnes Agnès Ahmad Ahmed Aida Akbar Akira
    Alain Alan Alastair Albert Alberto Albrecht Alcide Aldo Alec Aleksander Aleksandr Aleksei Aleksey
    Alessandro Alex Alexander Alexandra Alexandre Alexei Alexis Alfonso Alfred Alfredo Algernon Ali Alice
    Alistair Allan Allen Alma Alois Alonzo Alphonse Alvin Amanda Ambrose Amelia Amelie Amin Amintore Amos Amy
    Amélia Amélie Ana Anastas Anatole Anatoli Anatolii Anatoliy Anatoly Anders Andre Andrea Andreas Andrei
    Andrew Andrey Andrzej André Angela Angelo Angier Angus Anita Ann Anna Anne Annie Anselm Anthony Antoine
    Anton Antonia Antonio Antony António Anwar Archibald Aristide Arkady Armand Armando Arne Arnold Arthur
    Arturo Asher Ashraf Astrid Athanasios Aubrey August Augusta Augustin Augustus Austen Austin Averell Avery
    Avraham Axel Aziz Barbara Barnaby Barry Bart Bartholomew Basil Beatrice Beatrix Ben Benedict Benigno
    Benito Benj Benjamin Benoît Bernard Bernardo Bernhard Bert Bertha Bertram Bertrand Bess Bessie Beth Betsy
    Bettina Betty Bill Billy Björn Bob Bobby Bogdan Boleslaw Bonar Boris Boyd Brenda Brent Brian Bridget
    Brigitte Bruce Bruno Bryan Burton Byron Caleb Calvin Camille Carl Carlo Carlos Carmen Carol Caroline
    Carter Caspar Catherine Cecil Cecilia Cedric Charles Charlie Charlotte Chas Chester Chloe Chris Christian
    Christina Christine Christopher Christos Clara Clare Clarence Clark Claude Claudia Clayton Clement
    Clifford Clifton Clinton Clive Clyde Colin Colum Comer Concepción Conrad Constance Constantin Constantine
    Consuelo Cordelia Cordell Cornelia Cornelius Craig Curt Curtis Cuthbert Cynthia Cyril Cyrus Dag Daisy Dale
    Damian Dan Daniel Daphne David Davis Dean Deborah Denis Dennis Derek Desmond Dexter Diana Dick Diego
    Dieter Dietrich Dimitri Dimitrios Dimitry Dinah Dino Dmitri Dmitrii Dmitriy Dmitry Dolores Dominic Don
    Donald Dora Dorcas Doris Dorothea Dorothy Douglas Drew Duncan Dwight Eben Ebenezer Eddie Edgar Edith
    Edmond Edmund Edna Eduard Eduardo Edvard Edvin Edw Edward Edwin Egon Eileen Einar Elbert Eleanor Elena
    Eleutherios Eli Elias Elihu Elijah Elisabeth Eliza Elizabeth Ella Ellen Elliot Elliott Ellis Ellsworth
    Elmer Elodie Elsie Elspeth Emil Emile Emilio Emily Emma Emmanuel Enoch Enrico Enrique Enver Ephraim Eric
    Erich Erik Erna Ernest Ernesto Ernst Errol Erwin Esmond Estelle Esther Ethel Etienne Eugen Eugene Eugenia
    Eugenio Eugénie Eustace Eva Evan Evangelos Eve Evelyn Everett Evgenii Evgeny Ezekiel Ezra Faisal Fanny
    Farid Fatima Faustin Feisal Felipe Felix Ferdinand Fernand Fernando Fidel Filippo Fiona Fitzroy Flora
    Florence Floyd Frances Francesco Francis Francisco Franco Frank Franklin Frans Franz François Françoise
    Fred Freda Frederic Frederick Frederik Friedrich Fritz Fulgencio Gabriel Gabriele Gail Gale Galeazzo Gamal
    Gareth Garret Gaston Gavin Genevieve Gennadi Gennady Geo Geoffrey Georg George Georges Georgi Georgii
    Georgios Georgy Gerald Geraldine Gerard Gerhard Gertrude Getulio Giacomo Gideon Gilbert Giles Gillian Gino
    Giorgio Giovanni Giulio Giuseppe Gladys Glen Glenn Gloria Godfrey Golda Gordon Gorham Grace Graham Grant
    Gregor Gregorio Gregory Greta Griffith Grigori Grigorii Grigory Grover Guglielmo Guido Guillaume Guillermo
    Gunnar Gunther Gus Gustav Gustave Guy Gwendolyn Günther Habib Hadley Haile Hal Halvard Hamid Hamilton
    Hannah Hans Harlan Harold Harriet Harris Harrison Harry Hartley Harvey Hasan Hashim Hassan Hazel Hector
    Heinrich Heinz Helen Helena Helene Helmut Helmuth Hendrik Henri Henrietta Henrik Henry Henryk Herbert
    Herman Hermann Hester Hilary Hilda Hiram Hjalmar Holger Homer Honor Horace Horatio Hosea Howard Hubert
    Huey Hugh Hugo Humphrey Husain Hussain Hussein Hélène Ian Ibrahim Ichabod Ida Ignacio Ignacy Ignatius Igor
    Ihsan Ilia Ilya Immanuel Imre Ines Inez Ingrid Inès Inés Ira Irene Iris Irma Irvin Irving Irwin Isaac
    Isabel Isabella Isaiah Ishmael Ismail Ismet Istvan István Italo Ivan Ivar Ivor Ivy Jabez Jack Jackson
    Jacob Jacqueline Jacques Jaime Jake Jakob Jamal James Jamil Jan Jane Janet Janos Jared Jaroslav Jas Jasper
    Javier Jawaharlal Jay Jean Jeanne Jefferson Jeffrey Jemima Jennie Jennifer Jenny Jens Jeremiah Jeremy
    Jerome Jerry Jesse Jessica Jessie Jethro Jim Jimmy Jno Joachim Joan Joanna Joaquim Joaquin Job Joe Joel
    Johan Johann Johannes John Johnny Jomo Jon Jonas Jonathan Jorge Jose Josef Joseph Josephine Josephus
    Joshua Josiah Josip Joss José Jotham Joyce Juan Juana Judith Judson Jules Julia Julian Juliana Julie
    Juliet Julio Julius Jung Justin János Józef Kamal Karel Karen Karim Karin Karl Kaspar Kate Katharine
    Katherine Kathleen Kay Keith Kemal Ken Kenneth Kermit Kevin Keziah Khalid Kingman Kirk Kiyoshi Klaus
    Klement Kliment Knud Knut Konni Konrad Konstantin Konstantinos Kristian Kurt Kwame Lajos Lambert Lancelot
    Lars Laura Laurence Lauris Laurits Lavinia Lavrenti Lawrence Lawton Lazar Leah Lee Leif Leland Lemuel Len
    Lena Leo Leon Leonard Leonardo Leonid Leonidas Leopold Leroy Leslie Lester Letitia Lev Lewis Liam Lilian
    Lillian Lincoln Linda Linus Lionel Livingston Livingstone Llewellyn Lloyd Lois Lorenz Lorenzo Loretta
    Lothar Lou Louis Louisa Louise Lowell Loy Lubomir Lucas Lucia Lucien Lucinda Lucius Lucy Ludovic Ludvik
    Ludwig Luigi Luis Luise Lukas Luke Luther Luís Lydia Lyman Lyndon Lynn Léon Mabel Madeleine Magdalena
    Magnus Mahatma Mahmoud Mahmud Majid Maksim Malcolm Manfred Manlio Manuel Marc Marcel Marcello Marco Marcus
    Margaret Margery Margot Maria Marian Marianne Marie Marina Mario Marion Marjorie Mark Marlin Marmaduke
    Marshall Martha Martin Martina Marvin Mary Masaaki Mason Mathias Mathilda Matilda Matteo Matthew Matthias
    Maud Maude Maurice Mauricio Max Maxim Maxime Maximilian Maxwell Mehdi Mehmet Melville Melvin Mendel
    Mercedes Mercy Meyer Micah Michael Michel Michele Miguel Mikael Mikhail Mildred Miles Milo Milton Minnie
    Miriam Miron Mohamed Mohammad Mohammed Moishe Molly Monica Montagu Montague Montgomery Morarji Mordecai
    Morgan Moritz Morris Mortimer Morton Moses Moshe Muhammad Murray Musa Mustafa Myron Nadezhda Nadia Nahum
    Nancy Naomi Napoleon Nat Natalia Natalie Nathan Nathaniel Ned Nehemiah Neil Nell Nellie Nelson Neville
    Newton Ngo Nguyen Nicholas Nick Nicola Nicolae Nicolas Nigel Nikita Nikola Nikolai Nikolaos Nikolaus
    Nikolay Nils Nina Noah Noel Nora Norma Norman Norodom Noël Nuri Obadiah Octavius Odette Olaf Ole Oleg Olga
    Oliver Olivia Omar Orlando Orville Oscar Oskar Osman Oswald Oswaldo Otis Otto Owen Pablo Palmer Palmiro
    Pamela Panayotis Paolo Pascal Pat Patrice Patricia Patrick Paul Paula Paulina Pauline Pavel Pearl Pedro
    Peggy Penelope Percival Percy Peregrine Perry Pete Peter Petr Petros Peyton Phil Philip Philipp Philippa
    Philippe Phillip Phillips Philo Philomena Phineas Phoebe Phyllis Pierce Pierre Pierrepont Pieter Pietro
    Pilar Pinhas Piotr Polly Preston Priscilla Prudence Quentin Quincy Quintin Rab Rachel Rafael Ragnar
    Rajeshwar Ralph Ramon Ramsay Ramsey Randolph Raoul Raphael Raul Ray Raymond Raúl Rebecca Reginald Reinhard
    Reinhold Rene René Reuben Rex Reza Ricardo Richard Rita Roald Rob Robert Roberto Robin Robt Rodney Rodolfo
    Rodolphe Roger Roland Rolf Ronald Rosa Rosalind Rose Rosemary Ross Roswell Roy Rube Ruben Rudolf Rudolph
    Rufus Rupert Ruslan Russell Ruth Sabina Sabrina Sadie Salah Sally Salvador Salvatore Sam Samir Samuel
    Sanford Santiago Sara Sarah Sargent Sarojini Saul Scott Sean Seba Sebastian Seldon Selim Selina Selma
    Selwyn Semyon Serge Sergei Sergey Sergio Seth Shane Sheila Shimon Shirley Shmuel Sibyl Sidney Siegfried
    Sigismund Sigmund Sigrid Silas Silvio Simeon Simon Simone Sophia Sophie Spencer Spiro Stafford Stan
    Stanislaus Stanislav Stanislaw Stanley Stefan Stella Stephan Stephanie Stephen Sterling Steve Steven
    Stewart Stuart Sue Sumner Susan Susanna Susannah Sven Svetlana Sydney Sylvester Sylvia Tabitha Tadeusz
    Tatiana Ted Teodoro Terence Teresa Terry Thaddeus Thelma Theodor Theodore Theodosia Theophilus Theresa
    Thomas Thor Thornton Thorvald Thos Thurgood Thérèse Tibor Tim Timothy Titus Tobias Todd Toivo Tom Tomas
    Tommy Tomáš Tony Trygve Tyler Ulrich Ulysses Umberto Upton Urban Urho Ursula Vaclav Valentin Valentine
    Valerian Valery Vance Vasili Vasilii Vasily Vasyl Vernon Veronica Viacheslav Victor Victoria Vidkun Viktor
    Vilhelm Vincent Vincenzo Viola Violet Virgil Virginia Vittorio Vivian Vladimir Vojislav Volodymyr
    Vyacheslav Václav Wade Waldo Wallace Walter Walther Wanda Ward Warner Warren Wayne Wendell Werner Wesley
    Wilbur Wilfred Wilfrid Wilhelm Willard Willem William Willie Willis Willy Wilma Winfield Winifred Winston
    Winthrop Wladyslaw Wm Wolf Wolfgang Woodrow Xavier Yakov Yasser Yevgeni Yitzhak Yolanda Yuri Yurii Yury
    Yves Yvonne Zachariah Zachary Zadok Zalman Zbigniew Zebulon Zhores Zoe Zoltan Zoë Zulfikar Zulfiqar
    Édouard Élodie Émile Émilio Étienne
    """
)
#: Given to women only.
FEMALE_NAMES = _names(
    """
    Abigail Ada Adelaida Adelaide Adele Agatha Agnes Agnès Aida Alice Alma Amanda Amelia Amelie Amy Amélia
    Amélie Ana Andrea Angela Anita Ann Anna Anne Annie Antonia Astrid Augusta Barbara Beatrice Beatrix Bertha
    Bess Bessie Beth Betsy Bettina Betty Brenda Bridget Brigitte Carmen Caroline Catherine Cecilia Charlotte
    Chloe Christina Christine Clara Clare Claudia Concepción Constance Consuelo Cordelia Cornelia Cynthia
    Daisy Daphne Deborah Diana Dinah Dolores Dora Dorcas Doris Dorothea Dorothy Edith Edna Eileen Eleanor
    Elena Elisabeth Eliza Elizabeth Ella Ellen Elodie Elsie Elspeth Emily Emma Erna Estelle Esther Ethel
    Eugenia Eugénie Eva Eve Fanny Fatima Fiona Flora Florence Frances Françoise Freda Genevieve Geraldine
    Gertrude Gladys Gloria Golda Greta Gwendolyn Hannah Harriet Hazel Helen Helena Helene Henrietta Hester
    Hilda Hélène Ida Ines Inez Ingrid Inès Inés Irene Iris Irma Isabel Isabella Ivy Jacqueline Jane Janet
    Jeanne Jemima Jennie Jennifer Jenny Jessica Jessie Joan Joanna Josephine Juana Judith Julia Juliana Julie
    Juliet Karen Karin Kate Katharine Katherine Kathleen Keziah Laura Lavinia Leah Lena Letitia Lilian Lillian
    Linda Lois Loretta Louisa Louise Lucia Lucinda Lucy Luise Lydia Mabel Madeleine Magdalena Margaret Margery
    Margot Maria Marian Marianne Marie Marina Marjorie Martha Martina Mary Mathilda Matilda Maud Maude
    Mercedes Mildred Minnie Miriam Molly Monica Nadezhda Nadia Nancy Naomi Natalia Natalie Nell Nellie Nina
    Nora Norma Odette Olga Olivia Pamela Patricia Paula Paulina Pauline Peggy Penelope Philippa Philomena
    Phoebe Phyllis Pilar Polly Priscilla Prudence Rachel Rebecca Rita Rosa Rosalind Rose Rosemary Ruth Sabina
    Sabrina Sadie Sally Sara Sarah Sarojini Selina Selma Sheila Sibyl Sigrid Simone Sophia Sophie Stella
    Stephanie Sue Susan Susanna Susannah Svetlana Sylvia Tabitha Tatiana Teresa Thelma Theodosia Theresa
    Thérèse Ursula Veronica Victoria Viola Violet Virginia Wanda Wilma Winifred Yolanda Yvonne Zoe Zoë Élodie
    """
)
#: Given to women and men, or surnames as often: they tell nothing. What stands in neither list is given to men.
EITHER_NAMES = _names(
    """
    Alex Ali Camille Carol Carter Clare Claude Dag Dale Davis Drew Evelyn Frank Gail Grace Hamilton Harris
    Hilary Jackson Jean Jefferson Jesse Kay Lee Leslie Lincoln Livingston Livingstone Lou Lynn Marion Mercy
    Meyer Nelson Newton Palmer Pat Pearl Phillips Pierce Preston Robin Rose Ruslan Shirley Sidney Sydney
    Thornton Tyler Vivian Wallace Ward Warner Warren Wolf
    """
)
