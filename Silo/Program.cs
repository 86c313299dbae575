Console.WriteLine("OrleansChat");
