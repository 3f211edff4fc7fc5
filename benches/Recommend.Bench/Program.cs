using System.Diagnostics;
using FlickStream.Portal.Recommendations.Algebra;
using FlickStream.Portal.Recommendations.Training;
using FlickStream.Recommend.Bench;

if (Inputs.Read(args, Console.Error) is not var (given, options, requests, catalogue, content, data)) return 2;
var blas = given.Has("no-blas") ? null : OpenBlas.Installed;
Machine.Report(blas);
if (data is null)
{
    if (content is { } titles) ContentSize.Report(titles, options);
    else SizedModel.Report(catalogue!.Value, requests, options);
    return 0;
}

Console.WriteLine(data.Size);
var training = new ModelTraining(options, blas);
var began = Stopwatch.GetTimestamp();
var model = training.Train(data.Train, data.Texts, data.Hidden);
Report.Training(training, model, Stopwatch.GetElapsedTime(began), blas);
Report.Quality(model, data);
Report.Requests(model, data.Tests, requests);
if (given.Has("cold-viewers")) Report.ColdViewers(model, data);
if (given.Has("cold-titles")) ColdTitles.Report(data, options);
return 0;
