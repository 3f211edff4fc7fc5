using FlickStream.Transcoder;
using FlickStream.Platform.Http;

return await ServiceProgram.RunAsync(args, builder => builder.AddTranscoder(), app => app.MapTranscoder());
