using System.Diagnostics;
using FlickStream.Portal.Recommendations.Algebra;
using FlickStream.Portal.Recommendations.Training;
using FlickStream.Recommend.Bench;

var given = Arguments.Of(args);
var usual = new TrainingOptions();
var options = usual with
{
    Factors = given.Number("factors", usual.Factors), FactorEpochs = given.Number("epochs", usual.FactorEpochs), HeadTitles = given.Number("head", usual.HeadTitles),
    ItemRegularization = given.Number("item-lambda", usual.ItemRegularization), NextRegularization = given.Number("next-lambda", usual.NextRegularization),
    UnwatchedWeight = given.Number("unwatched", usual.UnwatchedWeight), FactorRegularization = given.Number("factor-lambda", usual.FactorRegularization),
    RankerTrees = given.Number("trees", usual.RankerTrees), Cases = given.Number("cases", usual.Cases), Seed = given.Number("seed", usual.Seed),
};
Machine.Report(given.Has("no-blas") ? null : OpenBlas.Installed);
if (given.Has("catalogue"))
{
    SizedModel.Report(given.Number("catalogue", 0), given.Number("requests", 2000), options);
    return;
}

var data = given.Text("generate") is { } size ? MadeUp.Of(size, given.Has("viewers") ? given.Number("viewers", 0) : null, options.Seed)
    : given.Text("train") is { } train && given.Text("test") is { } test ? DataFiles.Read(train, test, given.Text("items"), given.Text("protocol") ?? "next")
    : throw new ArgumentException("Name --train FILE and --test FILE, or --generate INTERACTIONSxTITLES, or --catalogue TITLES.");
Console.WriteLine(data.Size);
var blas = given.Has("no-blas") ? null : OpenBlas.Installed;
var training = new ModelTraining(options, blas);
var began = Stopwatch.GetTimestamp();
var model = training.Train(data.Train, data.Texts, data.Hidden);
Report.Training(training, model, Stopwatch.GetElapsedTime(began), blas);
Report.Quality(model, data);
Report.Requests(model, data.Tests, given.Number("requests", 2000));
if (given.Has("cold-viewers")) Report.ColdViewers(model, data);
if (given.Has("cold-titles")) ColdTitles.Report(data, options);
